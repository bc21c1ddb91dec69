import { tableEn } from './table-en.ts';
import { tableFr } from './table-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the table of records. */
addTexts({ en: tableEn, fr: tableFr });

import { countsEn } from './counts-en.ts';
import { countsFr } from './counts-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of what the map shows, as a table. */
addTexts({ en: countsEn, fr: countsFr });

import { filterEn } from './filter-en.ts';
import { filterFr } from './filter-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the form for filters. */
addTexts({ en: filterEn, fr: filterFr });

import { exportEn } from './export-en.ts';
import { exportFr } from './export-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of what leaves the page. */
addTexts({ en: exportEn, fr: exportFr });

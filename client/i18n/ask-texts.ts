import { askEn } from './ask-en.ts';
import { askFr } from './ask-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the panel of questions. */
addTexts({ en: askEn, fr: askFr });

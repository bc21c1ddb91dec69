import { measureEn } from './measure-en.ts';
import { measureFr } from './measure-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the card that measures. */
addTexts({ en: measureEn, fr: measureFr });

import { addTexts } from './text.ts';
import { watchEn } from './watch-en.ts';
import { watchFr } from './watch-fr.ts';

/** Importing this is enough to have the texts of watched questions. */
addTexts({ en: watchEn, fr: watchFr });

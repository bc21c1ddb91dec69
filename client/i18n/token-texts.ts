import { addTexts } from './text.ts';
import { tokenEn, tokenFr } from './token-words.ts';

/** Importing this is enough to have the texts of the form that asks for the token. */
addTexts({ en: tokenEn, fr: tokenFr });

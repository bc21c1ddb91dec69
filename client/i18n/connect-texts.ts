import { connectEn } from './connect-en.ts';
import { connectFr } from './connect-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the page that connects other programs. */
addTexts({ en: connectEn, fr: connectFr });

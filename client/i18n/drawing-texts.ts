import { drawingEn } from './drawing-en.ts';
import { drawingFr } from './drawing-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of drawing. */
addTexts({ en: drawingEn, fr: drawingFr });

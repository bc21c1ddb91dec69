import { correctEn } from './correct-en.ts';
import { correctFr } from './correct-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of correcting a record. */
addTexts({ en: correctEn, fr: correctFr });

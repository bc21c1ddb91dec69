import { compareLaterEn, compareLaterFr } from './compare-later.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of two periods. */
addTexts({ en: compareLaterEn, fr: compareLaterFr });

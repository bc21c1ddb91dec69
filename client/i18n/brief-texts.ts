import { briefEn } from './brief-en.ts';
import { briefFr } from './brief-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of briefs and of views that were stored. */
addTexts({ en: briefEn, fr: briefFr });

import { addTexts } from './text.ts';
import { uploadEn } from './upload-en.ts';
import { uploadFr } from './upload-fr.ts';

/** Importing this is enough to have the texts of the panel of uploads. */
addTexts({ en: uploadEn, fr: uploadFr });

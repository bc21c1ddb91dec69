import { layerEn } from './layer-en.ts';
import { layerFr } from './layer-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of what can be done with a layer. */
addTexts({ en: layerEn, fr: layerFr });

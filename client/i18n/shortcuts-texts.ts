import { shortcutsEn } from './shortcuts-en.ts';
import { shortcutsFr } from './shortcuts-fr.ts';
import { addTexts } from './text.ts';

addTexts({ en: shortcutsEn, fr: shortcutsFr });

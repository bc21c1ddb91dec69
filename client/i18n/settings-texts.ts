import { settingsEn } from './settings-en.ts';
import { settingsFr } from './settings-fr.ts';
import { addTexts } from './text.ts';

/** Importing this is enough to have the texts of the settings of a layer. */
addTexts({ en: settingsEn, fr: settingsFr });

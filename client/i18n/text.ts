import type { Language, Localized } from '../../server/core/layer.ts';
import { language } from '../state.ts';
import type { askEn } from './ask-en.ts';
import type { briefEn } from './brief-en.ts';
import type { compareLaterEn } from './compare-later.ts';
import type { connectEn } from './connect-en.ts';
import type { correctEn } from './correct-en.ts';
import type { countsEn } from './counts-en.ts';
import type { drawingEn } from './drawing-en.ts';
import { en } from './en.ts';
import type { exportEn } from './export-en.ts';
import type { filterEn } from './filter-en.ts';
import { fr } from './fr.ts';
import type { layerEn } from './layer-en.ts';
import type { measureEn } from './measure-en.ts';
import type { settingsEn } from './settings-en.ts';
import type { shortcutsEn } from './shortcuts-en.ts';
import type { tableEn } from './table-en.ts';
import type { tokenEn } from './token-words.ts';
import { typeset, withApostrophes } from './typeset.ts';
import type { uploadEn } from './upload-en.ts';
import type { watchEn } from './watch-en.ts';

/** Texts of parts that are fetched when they are opened; each part adds its own before it shows any. */
type LaterKey =
  | keyof typeof askEn
  | keyof typeof briefEn
  | keyof typeof compareLaterEn
  | keyof typeof connectEn
  | keyof typeof correctEn
  | keyof typeof countsEn
  | keyof typeof drawingEn
  | keyof typeof exportEn
  | keyof typeof filterEn
  | keyof typeof layerEn
  | keyof typeof settingsEn
  | keyof typeof shortcutsEn
  | keyof typeof tableEn
  | keyof typeof measureEn
  | keyof typeof tokenEn
  | keyof typeof uploadEn
  | keyof typeof watchEn;
export type TextKey = keyof typeof en | LaterKey;

const TEXTS: Record<Language, Record<string, string>> = { en: { ...en }, fr: typeset(fr) };

/** Takes in the texts of a part that has just been fetched. */
export function addTexts(texts: Record<Language, Readonly<Record<string, string>>>): void {
  Object.assign(TEXTS.en, texts.en);
  Object.assign(TEXTS.fr, typeset(texts.fr));
}

/** The text in the reader's language, with `{name}` replaced. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text = TEXTS[language.value][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type One<Key> = Key extends `${infer Many}One` ? Many : never;

/** The text of a number of things, with `{count}` replaced: of one it is the text whose key ends in "One". */
export function plural(key: One<TextKey>, number: number, values: Record<string, string | number> = {}): string {
  return t(number === 1 ? `${key}One` : key, { count: count(number), ...values });
}

/** A text of the data in the reader's language. */
export const local = (text: Localized): string =>
  language.value === 'fr' ? withApostrophes(text.fr) : text[language.value];

export const count = (value: number): string => new Intl.NumberFormat(language.value).format(value);

export const LANGUAGE_NAMES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
];

import type { Language, Localized } from '../../server/core/layer.ts';
import { language } from '../state.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

export type TextKey = keyof typeof en;

const TEXTS: Record<Language, Record<TextKey, string>> = { en, fr };

/** The text in the reader's language, with `{name}` replaced. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return TEXTS[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const local = (text: Localized): string => text[language.value];

export const count = (value: number): string => new Intl.NumberFormat(language.value).format(value);

export const LANGUAGE_NAMES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
];

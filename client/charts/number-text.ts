import { language } from '../state.ts';

/** Three digits that mean something; whole numbers whole. */
export function numberText(value: number): string {
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(language.value, digits).format(value);
}

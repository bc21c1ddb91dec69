import type { Language } from '../../core/layer.ts';

interface Distance {
  readonly distance_km: number;
  readonly at_least_km: number;
  readonly at_most_km: number;
}

const LOCALE = { en: 'en-GB', fr: 'fr-FR' } as const;
const formats = (decimals: number) => ({
  en: new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: decimals }),
  fr: new Intl.NumberFormat(LOCALE.fr, { maximumFractionDigits: decimals }),
});
/** Made once: to make one takes longer than the rest of a row of the table. */
const FORMATS = { whole: formats(0), tenths: formats(1) };

/** Kilometres as they are said: below ten with one decimal. */
const said = (lang: Language, km: number) => FORMATS[km < 10 ? 'tenths' : 'whole'][lang].format(km);

/** "12 to 31 km", or "21 km" where both ends are said alike. */
export function intervalInWords(lang: Language, { at_least_km, at_most_km }: Distance): string {
  const [least, most] = [said(lang, at_least_km), said(lang, at_most_km)];
  if (least === most) return `${most} km`;
  return lang === 'en' ? `${least} to ${most} km` : `${least} à ${most} km`;
}

/** "21 km (12 to 31 km by how well both positions are known)". */
export function distanceInWords(lang: Language, distance: Distance): string {
  const [whole, interval] = [`${said(lang, distance.distance_km)} km`, intervalInWords(lang, distance)];
  if (whole === interval) return whole;
  const by = lang === 'en' ? 'by how well both positions are known' : 'selon la précision des deux positions';
  return `${whole} (${interval} ${by})`;
}

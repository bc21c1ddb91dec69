import type { Language } from '../../core/layer.ts';
import { inWords } from '../words.ts';

interface Distance {
  readonly distance_km: number;
  readonly at_least_km: number;
  readonly at_most_km: number;
}

/** Kilometres as they are said: below ten with one decimal. */
const said = (lang: Language, km: number) => inWords(lang).number(km, km < 10 ? 1 : 0);

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

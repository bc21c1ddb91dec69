import type { Language } from '../../core/layer.ts';
import type { TrendInputs } from './inputs.ts';
import type { TrendNumbers } from './numbers.ts';

/** What is counted: one, and many. */
export const COUNTED = {
  events: { en: ['event', 'events'], fr: ['événement', 'événements'] },
  lasting: { en: ['record in force', 'records in force'], fr: ['fiche en vigueur', 'fiches en vigueur'] },
} as const;

/** What a rate is of. */
export const RATES = {
  events: { en: ', per 1,000 km² and month', fr: ', pour 1 000 km² et par mois' },
  'in-force': { en: ', per 1,000 km²', fr: ', pour 1 000 km²' },
  length: { en: ', per 1,000 km²', fr: ', pour 1 000 km²' },
  area: { en: ', as a share of the area', fr: ', en part de la superficie' },
} as const;

const AT = {
  end: { en: 'at the end of each', fr: 'à la fin de chaque période' },
  any: { en: 'at any time of each', fr: 'à un moment quelconque de chaque période' },
} as const;

/** When what lasts counts, and what counts twice. */
export function asWhat(
  lang: Language,
  { in_force }: Pick<TrendInputs, 'in_force'>,
  { series_of }: Pick<TrendNumbers, 'series_of'>,
): string {
  if (series_of === 'events') return '';
  const when = `, ${lang === 'en' ? 'in force' : 'en vigueur'} ${AT[in_force][lang]}`;
  if (series_of === 'length')
    return `${when}${lang === 'en' ? ', every line by itself' : ', chaque ligne pour elle-même'}`;
  if (series_of === 'area')
    return `${when}${lang === 'en' ? ', ground of several records once' : ', le terrain de plusieurs fiches une seule fois'}`;
  return when;
}

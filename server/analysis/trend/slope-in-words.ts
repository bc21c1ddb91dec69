import type { Language } from '../../core/layer.ts';
import { STEP_NOUNS } from '../step-nouns.ts';
import { inWords } from '../words.ts';
import type { TrendInputs } from './inputs.ts';
import { MEMBERS } from './members.ts';
import type { TrendNumbers } from './numbers.ts';

/** What a slope is of: its number has no meaning without. */
interface Asked {
  readonly step: TrendInputs['step'];
  readonly measure: string | undefined;
  readonly numbers: Pick<TrendNumbers, 'series_of' | 'of'>;
}

const UNITS = {
  'in-force': { count: { en: '', fr: '' }, rate: { en: ' per 1,000 km²', fr: ' pour 1 000 km²' } },
  length: { count: { en: ' km', fr: '\u00a0km' }, rate: { en: ' km per 1,000 km²', fr: '\u00a0km pour 1 000 km²' } },
  area: {
    count: { en: ' km²', fr: '\u00a0km²' },
    rate: { en: ' percentage points of the area', fr: '\u00a0points de pourcentage de la superficie' },
  },
} as const;

function unitOf(lang: Language, { step, measure, numbers: { series_of, of } }: Asked): string {
  if (series_of !== 'events') return UNITS[series_of][of][lang];
  const [one] = STEP_NOUNS[step][lang];
  if (of === 'rate') return { en: ' per 1,000 km² and month', fr: ' par 1 000 km² et par mois' }[lang];
  const events = measure === undefined ? { en: 'events ', fr: 'événements ' } : { en: '', fr: '' };
  return { en: ` ${events.en}a ${one}`, fr: ` ${events.fr}par ${one}` }[lang];
}

/** "+0.4 events a month from one year to the next (95 % interval +0.2 to +0.5)". @param found that has the slope, and may have its bounds */
export function slopeInWords(lang: Language, asked: Asked, found: Readonly<Record<string, unknown>>): string {
  const { series_of, of } = asked.numbers;
  const { slope: name } = MEMBERS[series_of][of];
  const read = (member: string) => found[member] as number | undefined;
  const [slope = 0, lower, upper] = [name, `${name}_lower`, `${name}_upper`].map(read);
  const { rate } = inWords(lang);
  const scale = series_of === 'area' && of === 'rate' ? 100 : 1;
  const signed = (value: number) => `${value < 0 ? '−' : ''}${value > 0 ? '+' : ''}${rate(Math.abs(value * scale))}`;
  const to = lang === 'en' ? 'to' : 'à';
  const interval = lang === 'en' ? '95 % interval' : 'intervalle à 95 % :';
  const bounds =
    lower === undefined || upper === undefined ? '' : ` (${interval} ${signed(lower)} ${to} ${signed(upper)})`;
  const next = lang === 'en' ? 'from one year to the next' : 'd’une année à l’autre';
  return `${signed(slope)}${unitOf(lang, asked)} ${next}${bounds}`;
}

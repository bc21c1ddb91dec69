import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import type { SummaryNumbers, Values } from './numbers.ts';
import type { Counted } from './to-numbers.ts';
import type { Division, Unit } from './units.ts';

/** Units that are named in a sentence. */
const NAMED = 3;
/** Fewer events in both steps together tell nothing of a change. */
const TOO_FEW = 5;

type Size = (values: Values) => number;
const sizeOf: Record<string, Size> = {
  point: ({ records }) => records ?? 0,
  line: ({ km }) => km ?? 0,
  polygon: ({ km2 }) => km2 ?? 0,
};

function amount(lang: Language, geometry: string, value: number): string {
  if (geometry === 'line') return `${inWords(lang).number(value)} km`;
  if (geometry === 'polygon') return `${inWords(lang).number(value)} km²`;
  return inWords(lang).number(value);
}

/** The units with the most, the first of those that have as much. */
function largest(units: readonly Unit[], numbers: SummaryNumbers, nth: number, size: Size) {
  return units
    .map((unit, index) => ({ unit, value: size(numbers.units[index]?.values[nth] as Values) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, NAMED);
}

/** The highest rate among the units with the most: that of a unit with one event says little. */
function rateInWords(
  lang: Language,
  named: readonly Unit[],
  units: readonly Unit[],
  numbers: SummaryNumbers,
  nth: number,
) {
  const rates = named.flatMap((unit) => {
    const { rate, rate_lower, rate_upper } = numbers.units[units.indexOf(unit)]?.values[nth] ?? {};
    return rate === undefined || rate_lower === undefined || rate_upper === undefined
      ? []
      : [{ unit, rate, lower: rate_lower, upper: rate_upper }];
  });
  const [first] = rates.sort((a, b) => b.rate - a.rate);
  if (!first) return '';
  const [rate, lower, upper] = [first.rate, first.lower, first.upper].map(inWords(lang).rate);
  const name = first.unit.title?.[lang] ?? first.unit.id;
  return lang === 'en'
    ? ` The highest rate of these: ${rate} per 1,000 km² and month in ${name} (95 % interval ${lower} to ${upper}).`
    : ` Le taux le plus élevé de celles-ci : ${rate} par 1 000 km² et par mois (${name} ; intervalle à 95 % : ${lower} à ${upper}).`;
}

function changeInWords(lang: Language, { change }: SummaryNumbers['total'][number]): string {
  if (!change) return '';
  const { day, number, rate } = inWords(lang);
  const { earlier, later, earlier_step, later_step, ratio, ratio_lower, ratio_upper } = change;
  const isFew = earlier + later < TOO_FEW;
  const from = { before: day(earlier_step), after: day(later_step) };
  const bounds = (till: string) =>
    ratio_lower === undefined || ratio_upper === undefined
      ? ''
      : ` (${rate(ratio_lower)} ${till} ${rate(ratio_upper)})`;
  if (lang === 'en') {
    const counts = ` In the whole step from ${from.after}: ${number(later)}, in the one from ${from.before}: ${number(earlier)}`;
    if (isFew) return `${counts}: too few to tell a change.`;
    return ratio === undefined ? `${counts}.` : `${counts}; a day ${rate(ratio)} times as many${bounds('to')}.`;
  }
  const counts = ` Sur la période entière commençant le ${from.after} : ${number(later)}, sur celle du ${from.before} : ${number(earlier)}`;
  if (isFew) return `${counts} : trop peu pour conclure à une évolution.`;
  return ratio === undefined
    ? `${counts}.`
    : `${counts} ; par jour, le nombre est multiplié par ${rate(ratio)}${bounds('à')}.`;
}

function layerInWords(
  lang: Language,
  { tally }: Counted,
  nth: number,
  units: readonly Unit[],
  numbers: SummaryNumbers,
) {
  const { title, geometry } = tally.selected.layer;
  const size = sizeOf[geometry] as Size;
  const { number, list } = inWords(lang);
  const total = numbers.total[nth] as SummaryNumbers['total'][number];
  const outside = size(numbers.outside[nth] as Values);
  const most = largest(units, numbers, nth, size);
  const rate = rateInWords(
    lang,
    most.map(({ unit }) => unit),
    units,
    numbers,
    nth,
  );
  const named = list(
    most.map(({ unit, value }) => `${unit.title?.[lang] ?? unit.id} (${amount(lang, geometry, value)})`),
  );
  const inside = amount(lang, geometry, size(total) - outside);
  const rest = amount(lang, geometry, outside);
  if (lang === 'en') {
    const there = named === '' ? '' : `; most in ${named}`;
    const where = `${number(total.units)} of ${count('en', units.length, 'unit', 'units')}`;
    return `${title.en}: ${inside} in ${where}${outside > 0 ? `, ${rest} in none` : ''}${there}.${rate}${changeInWords(lang, total)}`;
  }
  const there = named === '' ? '' : ` ; en tête : ${named}`;
  const where = `${count('fr', total.units, 'unité', 'unités')} sur ${number(units.length)}`;
  return `${title.fr} : ${inside} dans ${where}${outside > 0 ? `, ${rest} hors de toute unité` : ''}${there}.${rate}${changeInWords(lang, total)}`;
}

export function tell(
  division: Division,
  counted: readonly Counted[],
  units: readonly Unit[],
  numbers: SummaryNumbers,
): Localized {
  const each = (lang: Language) => counted.map((one, nth) => layerInWords(lang, one, nth, units, numbers)).join(' ');
  return {
    en: `Counted by ${division.title.en}. ${each('en')}`,
    fr: `Décompte par unité : ${division.title.fr}. ${each('fr')}`,
  };
}

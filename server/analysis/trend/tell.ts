import type { Language, Localized } from '../../core/layer.ts';
import { STEP_NOUNS } from '../step-nouns.ts';
import type { Division } from '../summary/units.ts';
import { count, inWords } from '../words.ts';
import type { TrendInputs } from './inputs.ts';
import type { Trend } from './judge.ts';
import type { TrendNumbers, UnitNumbers } from './numbers.ts';

/** Units that are named in a sentence, of each sort. */
const NAMED = 5;

/** What is told of beside the numbers. */
export interface Telling {
  readonly given: TrendInputs;
  /** What is counted, and where. */
  readonly what: Localized;
  readonly where: Localized;
  readonly division: Division | undefined;
  /** Of the units, in their order. */
  readonly titles: readonly Localized[];
}

const REASONS = {
  'too-few': {
    en: 'a trend is not defined, for there are fewer than three whole steps',
    fr: 'la tendance n’est pas définie, faute de trois périodes entières',
  },
  'all-zero': {
    en: 'a trend is not defined, for nothing is counted in any step',
    fr: 'la tendance n’est pas définie, car rien n’est compté à aucune période',
  },
  'all-equal': {
    en: 'a trend is not defined, for every step has the same',
    fr: 'la tendance n’est pas définie, car toutes les périodes sont égales',
  },
} as const;

function pInWords(lang: Language, p: number): string {
  if (p < 0.0001) return lang === 'en' ? 'p below 0.0001' : 'p inférieur à 0,0001';
  return `p = ${inWords(lang).rate(p)}`;
}

/** "0.4 events a month more each year": what the slope is of must be said. */
function slopeInWords(lang: Language, { given }: Telling, whole: TrendNumbers['whole']): string {
  const [slope, lower, upper] =
    given.trend_of === 'rate'
      ? [whole.rate_slope, whole.rate_slope_lower, whole.rate_slope_upper]
      : [whole.slope, whole.slope_lower, whole.slope_upper];
  if (slope === undefined) return '';
  const { rate } = inWords(lang);
  const signed = (value: number) => `${value < 0 ? '−' : ''}${value > 0 ? '+' : ''}${rate(Math.abs(value))}`;
  const [one] = STEP_NOUNS[given.step][lang];
  const events = given.measure === undefined ? { en: 'events ', fr: 'événements ' } : { en: '', fr: '' };
  const of =
    given.trend_of === 'rate'
      ? { en: 'per 1,000 km² and month', fr: 'par 1 000 km² et par mois' }
      : { en: `${events.en}a ${one}`, fr: `${events.fr}par ${one}` };
  if (lang === 'en') {
    const bounds =
      lower === undefined || upper === undefined ? '' : ` (95 % interval ${signed(lower)} to ${signed(upper)})`;
    return `; Sen's slope, the median of the changes between steps: ${signed(slope)} ${of.en} from one year to the next${bounds}`;
  }
  const bounds =
    lower === undefined || upper === undefined ? '' : ` (intervalle à 95 % : ${signed(lower)} à ${signed(upper)})`;
  return ` ; pente de Sen, médiane des variations entre périodes : ${signed(slope)} ${of.fr} d’une année à l’autre${bounds}`;
}

const VERDICTS: Readonly<Record<Trend, Localized>> = {
  up: { en: 'the series rises', fr: 'la série est en hausse' },
  down: { en: 'the series falls', fr: 'la série est en baisse' },
  none: {
    en: 'no trend is found, which is no proof that there is none',
    fr: 'aucune tendance n’est trouvée, ce qui ne prouve pas qu’il n’y en ait pas',
  },
  not_defined: { en: '', fr: '' },
};

function wholeInWords(lang: Language, telling: Telling, { whole, confidence }: TrendNumbers): string {
  if (whole.not_defined)
    return `${lang === 'en' ? 'As a whole' : 'Dans l’ensemble'}, ${REASONS[whole.not_defined][lang]}.`;
  const { z = 0, p = 1, seasonal, exact } = whole;
  const score = `${lang === 'en' ? 'Mann-Kendall Z' : 'Z de Mann-Kendall :'} ${inWords(lang).number(z, 2)}, ${pInWords(lang, p)}${exact ? ', exact' : ''}`;
  const verdict = `${lang === 'en' ? 'As a whole' : 'Dans l’ensemble'}, ${VERDICTS[whole.trend][lang]}`;
  const sure = inWords(lang).number(confidence, 1);
  const at = lang === 'en' ? `at ${sure} %` : `à ${sure} %`;
  const first = `${verdict} (${at}${lang === 'en' ? ';' : ' ;'} ${score})`;
  if (!seasonal) return `${first}${slopeInWords(lang, telling, whole)}.`;
  const [one] = STEP_NOUNS[telling.given.step][lang];
  const compared =
    lang === 'en'
      ? ` With each ${one} compared only with the same of other years (Hirsch, Slack & Smith 1982): Z ${inWords('en').number(seasonal.z, 2)}, ${pInWords('en', seasonal.p)}.`
      : ` En ne comparant chaque ${one} qu’au même des autres années (Hirsch, Slack et Smith 1982) : Z ${inWords('fr').number(seasonal.z, 2)}, ${pInWords('fr', seasonal.p)}.`;
  return `${first}${slopeInWords(lang, telling, whole)}.${compared}`;
}

/** The units of one sort, those with the smallest p first. */
function named(lang: Language, { titles }: Telling, units: readonly UnitNumbers[], trend: Trend): string {
  const found = units
    .map((unit, index) => ({ unit, name: titles[index]?.[lang] ?? unit.unit }))
    .filter(({ unit }) => unit.trend === trend)
    .sort((a, b) => (a.unit.p ?? 1) - (b.unit.p ?? 1));
  if (found.length === 0) return '';
  const shown = found.slice(0, NAMED).map(({ name }) => name);
  const rest = found.length - shown.length;
  const more =
    rest === 0 ? [] : [lang === 'en' ? `${inWords('en').number(rest)} more` : count('fr', rest, 'autre', 'autres')];
  return ` (${inWords(lang).list([...shown, ...more])})`;
}

function unitsInWords(lang: Language, telling: Telling, { units, trends, confidence }: TrendNumbers): string {
  const { division } = telling;
  if (!units || !trends || !division) return '';
  const { number } = inWords(lang);
  const [up, down] = [named(lang, telling, units, 'up'), named(lang, telling, units, 'down')];
  if (lang === 'en') {
    return ` By ${division.title.en}, corrected for their number, of ${number(units.length)}: ${number(trends.up)} up${up}, ${number(trends.down)} down${down}, ${number(trends.none)} without a trend at ${number(confidence, 1)} %, ${number(trends.not_defined)} not defined.`;
  }
  return ` Par unité (${division.title.fr}), après correction pour leur nombre, sur ${number(units.length)} : ${number(trends.up)} en hausse${up}, ${number(trends.down)} en baisse${down}, ${number(trends.none)} sans tendance à ${number(confidence, 1)} %, ${count('fr', trends.not_defined, 'non définie', 'non définies')}.`;
}

function tellIn(lang: Language, telling: Telling, numbers: TrendNumbers): string {
  const { given, what, where } = telling;
  const { steps, whole } = numbers;
  const [first, last] = [steps[0], steps.at(-1)];
  const [one, many] = STEP_NOUNS[given.step][lang];
  const { day } = inWords(lang);
  const number = count(lang, steps.length, one, many);
  if (lang === 'en') {
    const span = first && last ? ` (from ${day(first.from)} to before ${day(last.to)})` : '';
    const rate = given.trend_of === 'rate' ? ', per 1,000 km² and month' : '';
    return `Trend of ${what.en} ${where.en}, by ${one}${rate}: ${number}${span}, ${count('en', whole.events, 'event', 'events')}. ${wholeInWords('en', telling, numbers)}${unitsInWords('en', telling, numbers)}`;
  }
  const span = first && last ? ` (du ${day(first.from)} au ${day(last.to)} exclu)` : '';
  const rate = given.trend_of === 'rate' ? ', pour 1 000 km² et par mois' : '';
  return `Tendance : ${what.fr}, ${where.fr}, par ${one}${rate} ; ${number}${span}, ${count('fr', whole.events, 'événement', 'événements')}. ${wholeInWords('fr', telling, numbers)}${unitsInWords('fr', telling, numbers)}`;
}

export const tell = (telling: Telling, numbers: TrendNumbers): Localized => ({
  en: tellIn('en', telling, numbers),
  fr: tellIn('fr', telling, numbers),
});

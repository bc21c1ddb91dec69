import type { Language, Localized } from '../../core/layer.ts';
import { STEP_NOUNS } from '../step-nouns.ts';
import type { Division } from '../summary/units.ts';
import { count, inWords } from '../words.ts';
import { asWhat, COUNTED, RATES } from './as-what.ts';
import type { TrendInputs } from './inputs.ts';
import type { Trend } from './judge.ts';
import type { TrendNumbers } from './numbers.ts';
import { slopeInWords } from './slope-in-words.ts';

/** Units that are named in a sentence, of each sort. */
const NAMED = 5;

/** What is told of beside the numbers. */
interface Telling {
  readonly given: TrendInputs;
  /** What is counted, and where. */
  readonly what: Localized;
  readonly where: Localized;
  readonly division: Division | undefined;
  /** Of the units, in their order. */
  readonly titles: readonly Localized[];
  /** Of the classes, in their order, and of the field that they are of. */
  readonly classTitles: readonly Localized[];
  readonly byTitle: Localized;
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

const VERDICTS: Readonly<Record<Trend, Localized>> = {
  up: { en: 'the series rises', fr: 'la série est en hausse' },
  down: { en: 'the series falls', fr: 'la série est en baisse' },
  none: {
    en: 'no trend is found, which is no proof that there is none',
    fr: 'aucune tendance n’est trouvée, ce qui ne prouve pas qu’il n’y en ait pas',
  },
  not_defined: { en: '', fr: '' },
};

function wholeInWords(lang: Language, telling: Telling, numbers: TrendNumbers): string {
  const { whole, confidence } = numbers;
  if (whole.not_defined)
    return `${lang === 'en' ? 'As a whole' : 'Dans l’ensemble'}, ${REASONS[whole.not_defined][lang]}.`;
  const { z = 0, p = 1, seasonal, exact } = whole;
  const { number } = inWords(lang);
  const score = `${lang === 'en' ? 'Mann-Kendall Z' : 'Z de Mann-Kendall :'} ${number(z, 2)}, ${pInWords(lang, p)}${exact ? ', exact' : ''}`;
  const verdict = `${lang === 'en' ? 'As a whole' : 'Dans l’ensemble'}, ${VERDICTS[whole.trend][lang]}`;
  const at = lang === 'en' ? `at ${number(confidence, 1)} %;` : `à ${number(confidence, 1)} % ;`;
  const asked = { step: telling.given.step, measure: telling.given.measure, numbers };
  const slope = slopeInWords(lang, asked, whole);
  const first = {
    en: `${verdict} (${at} ${score}); Sen's slope, the median of the changes between steps: ${slope}.`,
    fr: `${verdict} (${at} ${score}) ; pente de Sen, médiane des variations entre périodes : ${slope}.`,
  }[lang];
  if (!seasonal) return first;
  const [one] = STEP_NOUNS[telling.given.step][lang];
  const own = slopeInWords(lang, asked, seasonal);
  const compared = {
    en: `With each ${one} compared only with the same of other years (Hirsch, Slack & Smith 1982): Z ${number(seasonal.z, 2)}, ${pInWords('en', seasonal.p)}, slope ${own}.`,
    fr: `En ne comparant chaque ${one} qu’au même des autres années (Hirsch, Slack et Smith 1982) : Z ${number(seasonal.z, 2)}, ${pInWords('fr', seasonal.p)}, pente ${own}.`,
  }[lang];
  return `${first} ${compared}`;
}

interface Tested {
  readonly trend: Trend;
  readonly p?: number | undefined;
}

/** Those of one sort, with the smallest p first. */
function named(lang: Language, titles: readonly Localized[], tested: readonly Tested[], trend: Trend): string {
  const found = tested
    .map((each, index) => ({ each, name: titles[index]?.[lang] ?? '' }))
    .filter(({ each }) => each.trend === trend)
    .sort((a, b) => (a.each.p ?? 1) - (b.each.p ?? 1));
  if (found.length === 0) return '';
  const shown = found.slice(0, NAMED).map(({ name }) => name);
  const rest = found.length - shown.length;
  const more =
    rest === 0 ? [] : [lang === 'en' ? `${inWords('en').number(rest)} more` : count('fr', rest, 'autre', 'autres')];
  return ` (${inWords(lang).list([...shown, ...more])})`;
}

/** "By Regions, corrected for their number, of 132: 7 up (Mopti, ...), ..." */
function divided(
  lang: Language,
  { by, titles, confidence }: { by: Localized; titles: readonly Localized[]; confidence: number },
  tested: readonly Tested[] | undefined,
  trends: TrendNumbers['trends'],
): string {
  if (!tested || !trends) return '';
  const { number } = inWords(lang);
  const [up, down] = [named(lang, titles, tested, 'up'), named(lang, titles, tested, 'down')];
  const sure = number(confidence, 1);
  if (lang === 'en') {
    return ` By ${by.en}, corrected for their number, of ${number(tested.length)}: ${number(trends.up)} up${up}, ${number(trends.down)} down${down}, ${number(trends.none)} without a trend at ${sure} %, ${number(trends.not_defined)} not defined.`;
  }
  return ` ${by.fr}, après correction pour leur nombre, sur ${number(tested.length)} : ${number(trends.up)} en hausse${up}, ${number(trends.down)} en baisse${down}, ${number(trends.none)} sans tendance à ${sure} %, ${count('fr', trends.not_defined, 'non définie', 'non définies')}.`;
}

function dividedInWords(lang: Language, { division, titles, classTitles, byTitle }: Telling, numbers: TrendNumbers) {
  const { confidence, units, trends, classes, class_trends } = numbers;
  const ofField = { en: byTitle.en, fr: `Par valeur (${byTitle.fr})` };
  const ofClasses = divided(lang, { by: ofField, titles: classTitles, confidence }, classes, class_trends);
  if (!division) return ofClasses;
  const by = { en: division.title.en, fr: `Par unité (${division.title.fr})` };
  return `${ofClasses}${divided(lang, { by, titles, confidence }, units, trends)}`;
}

function tellIn(lang: Language, telling: Telling, numbers: TrendNumbers): string {
  const { given, what, where } = telling;
  const { steps, whole } = numbers;
  const [first, last] = [steps[0], steps.at(-1)];
  const [one, many] = STEP_NOUNS[given.step][lang];
  const { day } = inWords(lang);
  const number = count(lang, steps.length, one, many);
  const isRate = given.trend_of === 'rate';
  const [counted, countedMany] = COUNTED[numbers.series_of === 'events' ? 'events' : 'lasting'][lang];
  const found = count(lang, whole.events ?? whole.records ?? 0, counted, countedMany);
  const rest = `${wholeInWords(lang, telling, numbers)}${dividedInWords(lang, telling, numbers)}`;
  const as = asWhat(lang, given, numbers);
  if (lang === 'en') {
    const span = first && last ? ` (from ${day(first.from)} to before ${day(last.to)})` : '';
    return `Trend of ${what.en} ${where.en}, by ${one}${isRate ? RATES[numbers.series_of].en : ''}${as}: ${number}${span}, ${found}. ${rest}`;
  }
  const span = first && last ? ` (du ${day(first.from)} au ${day(last.to)} exclu)` : '';
  return `Tendance : ${what.fr}, ${where.fr}, par ${one}${isRate ? RATES[numbers.series_of].fr : ''}${as} ; ${number}${span}, ${found}. ${rest}`;
}

export const tell = (telling: Telling, numbers: TrendNumbers): Localized => ({
  en: tellIn('en', telling, numbers),
  fr: tellIn('fr', telling, numbers),
});

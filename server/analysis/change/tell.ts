import type { Language, Localized } from '../../core/layer.ts';
import type { StudyUnits } from '../study-units.ts';
import { count, inWords } from '../words.ts';
import type { ChangeNumbers } from './numbers.ts';
import { LEVEL_WORDS } from './words.ts';

/** Units that are named in a sentence. */
const NAMED = 3;

type Unit = ChangeNumbers['units'][number];
type Period = ChangeNumbers['earlier'];
type Nouns = readonly [one: string, many: string];

const lastDayOf = (to: string) => new Date(Date.parse(to) - 1).toISOString();

function periodInWords(lang: Language, { from, to, days }: Period): string {
  const { day } = inWords(lang);
  const between = lang === 'en' ? `${day(from)} to ${day(lastDayOf(to))}` : `du ${day(from)} au ${day(lastDayOf(to))}`;
  const span = lang === 'en' ? count('en', days, 'day', 'days') : count('fr', days, 'jour', 'jours');
  return `${between} (${span})`;
}

const pInWords = (lang: Language, p: number) =>
  p < 0.001 ? `p < ${inWords(lang).rate(0.001)}` : `p = ${inWords(lang).rate(p)}`;

/** How many times as many, with the interval. */
function ratioInWords(
  lang: Language,
  { ratio, ratio_lower, ratio_upper }: Pick<Unit, 'ratio' | 'ratio_lower' | 'ratio_upper'>,
) {
  if (ratio === undefined) return lang === 'en' ? 'none before' : 'rien avant';
  const { rate } = inWords(lang);
  const till = lang === 'en' ? 'to' : 'à';
  const interval =
    ratio_lower === undefined || ratio_upper === undefined
      ? ''
      : ` (${rate(ratio_lower)} ${till} ${rate(ratio_upper)})`;
  return lang === 'en'
    ? `${rate(ratio)} times as many a day${interval}`
    : `nombre par jour multiplié par ${rate(ratio)}${interval}`;
}

function totalInWords(lang: Language, { total, fewest }: ChangeNumbers): string {
  const { number } = inWords(lang);
  const counts =
    lang === 'en'
      ? `In all ${count('en', total.later, 'event', 'events')} against ${number(total.earlier)}`
      : `En tout, ${count('fr', total.later, 'événement', 'événements')} contre ${number(total.earlier)}`;
  if (total.p === undefined) {
    return lang === 'en'
      ? `${counts}: under ${number(fewest)} together, too few to tell.`
      : `${counts} : moins de ${number(fewest)} au total, trop peu pour conclure.`;
  }
  const said = `${ratioInWords(lang, total)}, ${pInWords(lang, total.p)}`;
  if (lang === 'en') {
    const verdict = { risen: 'risen', fallen: 'fallen' }[total.change as string] ?? 'no change shown';
    return `${counts}: ${said}: ${verdict}.`;
  }
  const verdict = { risen: 'en hausse', fallen: 'en baisse' }[total.change as string] ?? 'pas d’évolution établie';
  return `${counts} : ${said} : ${verdict}.`;
}

/** The surest first; of those as sure in the order of the units. */
function namedOf(lang: Language, units: readonly Unit[], names: ReadonlyMap<Unit, Localized>, change: Unit['change']) {
  const { number, list } = inWords(lang);
  const found = units
    .filter((unit) => unit.change === change)
    .sort((a, b) => (a.p_adjusted ?? 1) - (b.p_adjusted ?? 1));
  const named = found.slice(0, NAMED).map((unit) => {
    const name = names.get(unit)?.[lang] ?? unit.unit;
    return `${name} (${number(unit.earlier)} → ${number(unit.later)}${lang === 'en' ? ',' : ' ;'} ${ratioInWords(lang, unit)})`;
  });
  return list(named);
}

function testsInWords(lang: Language, { units_tested: tests, confidence }: ChangeNumbers): string {
  const share = `${inWords(lang).number(100 - confidence, 1)} %`;
  if (tests === 0) return lang === 'en' ? 'None is tested.' : 'Aucun test n’est fait.';
  if (lang === 'en') {
    return `The ${count('en', tests, 'exact test is', 'exact tests are')} corrected together: of those called risen or fallen at most ${share} are expected to be false (Benjamini & Hochberg 1995).`;
  }
  return `Les tests exacts (${inWords('fr').number(tests)}) sont corrigés ensemble : parmi les cas dits en hausse ou en baisse, on s’attend à au plus ${share} de faux (Benjamini & Hochberg 1995).`;
}

function classesInWords(
  lang: Language,
  study: StudyUnits,
  numbers: ChangeNumbers,
  names: ReadonlyMap<Unit, Localized>,
) {
  const { classes, units_all, fewest, units } = numbers;
  const { number } = inWords(lang);
  const [risen, fallen] = [namedOf(lang, units, names, 'risen'), namedOf(lang, units, names, 'fallen')];
  if (lang === 'en') {
    const nouns: Nouns = study.of === 'hexagon' ? ['hexagon', 'hexagons'] : ['unit', 'units'];
    const list = [
      `${number(classes.risen)} risen`,
      `${number(classes.fallen)} fallen`,
      `${number(classes['no-change'])} without a change shown`,
      `${number(classes['too-few'])} with too few to tell (under ${number(fewest)} events in both periods together: not tested)`,
    ];
    return [
      `Of ${count('en', units_all, ...nouns)}: ${inWords('en').list(list)}.`,
      testsInWords(lang, numbers),
      ...(risen === '' ? [] : [`Risen most surely: ${risen}.`]),
      ...(fallen === '' ? [] : [`Fallen most surely: ${fallen}.`]),
    ].join(' ');
  }
  const nouns: Nouns = study.of === 'hexagon' ? ['hexagone', 'hexagones'] : ['unité', 'unités'];
  const list = [
    `${number(classes.risen)} en hausse`,
    `${number(classes.fallen)} en baisse`,
    `${number(classes['no-change'])} sans évolution établie`,
    `${number(classes['too-few'])} avec trop peu pour conclure (moins de ${number(fewest)} événements sur les deux périodes réunies : hors test)`,
  ];
  return [
    `Sur ${count('fr', units_all, ...nouns)} : ${inWords('fr').list(list)}.`,
    testsInWords(lang, numbers),
    ...(risen === '' ? [] : [`Hausses les plus sûres : ${risen}.`]),
    ...(fallen === '' ? [] : [`Baisses les plus sûres : ${fallen}.`]),
  ].join(' ');
}

function levelsInWords(lang: Language, { levels, as_of, thresholds }: ChangeNumbers): string {
  const { number, day, list } = inWords(lang);
  const signed = (value: number) => `${value > 0 ? '+' : ''}${number(value, 1)} %`;
  const each = levels.map(({ weeks, earlier, later, percent, level }) => {
    const by = percent === undefined ? '' : `${signed(percent)}, `;
    const said = `${by}${LEVEL_WORDS[level][lang]}`;
    return lang === 'en'
      ? `last ${weeks} weeks ${number(later)}, the ${weeks} before ${number(earlier)} (${said})`
      : `${weeks} dernières semaines ${number(later)}, les ${weeks} précédentes ${number(earlier)} (${said})`;
  });
  const { rise, large_rise, large_fall } = thresholds;
  return lang === 'en'
    ? `Plain levels up to ${day(as_of)}, without a test: ${list(each)}; above ${number(rise)} % a rise, above ${number(large_rise)} % a large one, below -${number(large_fall)} % a large fall.`
    : `Niveaux simples jusqu’au ${day(as_of)}, sans test : ${list(each)} ; au-delà de ${number(rise)} % une hausse, au-delà de ${number(large_rise)} % une forte hausse, sous -${number(large_fall)} % une forte baisse.`;
}

/** @param shown the units of `numbers.units`, in their order */
export function tell(
  study: StudyUnits,
  shown: StudyUnits['units'],
  layers: readonly { readonly title: Localized }[],
  numbers: ChangeNumbers,
): Localized {
  const names = new Map(
    numbers.units.flatMap((unit, index) => {
      const title = shown[index]?.title;
      return title ? [[unit, title] as const] : [];
    }),
  );
  const titles = (lang: Language) => inWords(lang).list(layers.map(({ title }) => title[lang]));
  const rest = (lang: Language) =>
    [totalInWords(lang, numbers), classesInWords(lang, study, numbers, names), levelsInWords(lang, numbers)].join(' ');
  const where = { en: study.where ? ` (${study.where.en})` : '', fr: study.where ? ` (${study.where.fr})` : '' };
  return {
    en: `${titles('en')}, ${periodInWords('en', numbers.later)}, against ${periodInWords('en', numbers.earlier)}, by ${study.title.en}${where.en}. ${rest('en')}`,
    fr: `${titles('fr')}, ${periodInWords('fr', numbers.later)}, face à la période ${periodInWords('fr', numbers.earlier)}, par unité : ${study.title.fr}${where.fr}. ${rest('fr')}`,
  };
}

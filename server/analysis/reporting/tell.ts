import type { Language, Localized } from '../../core/layer.ts';
import { STEP_NOUNS } from '../step-nouns.ts';
import type { StudyUnits } from '../study-units.ts';
import { count, inWords } from '../words.ts';
import type { CoverageNumbers } from './numbers.ts';

/** Units and sources that are named in a sentence. */
const NAMED = 3;

const before = (to: string) => new Date(Date.parse(to) - 1).toISOString();

function wordsOf(lang: Language, step: CoverageNumbers['step']) {
  const { day } = inWords(lang);
  const [one, many] = STEP_NOUNS[step][lang];
  return {
    steps: (value: number) => count(lang, value, one, many),
    span: (from: string, to: string) =>
      lang === 'en' ? `${day(from)} to ${day(before(to))}` : `du ${day(from)} au ${day(before(to))}`,
  };
}

function totalInWords(lang: Language, study: StudyUnits, { total, step, steps }: CoverageNumbers): string {
  const { number, percent } = inWords(lang);
  const all = wordsOf(lang, step).steps(steps.length);
  if (lang === 'en') {
    const units = count('en', total.units_all, study.of, `${study.of}s`);
    return [
      `${count('en', total.events, 'event', 'events')} of ${count('en', total.sources, 'source', 'sources')}.`,
      `Something is reported in ${number(total.units_reported)} of ${units} (${percent(total.area_share, 1)} of their area; at any time ${percent(total.area_share_ever, 1)}) and in ${number(total.steps_reported)} of ${all}.`,
    ].join(' ');
  }
  const nouns = study.of === 'hexagon' ? (['hexagone', 'hexagones'] as const) : (['unité', 'unités'] as const);
  const [one, many] = nouns;
  return [
    `${count('fr', total.events, 'événement', 'événements')}, ${count('fr', total.sources, 'source', 'sources')}.`,
    `Il y a des signalements dans ${count('fr', total.units_reported, one, many)} sur ${number(total.units_all)} (${percent(total.area_share, 1)} de la superficie ; toutes dates confondues, ${percent(total.area_share_ever, 1)}) et pour ${number(total.steps_reported)} ${STEP_NOUNS[step].fr[1]} sur ${number(steps.length)}.`,
  ].join(' ');
}

function silencesInWords(lang: Language, { total, silences, step }: CoverageNumbers): string {
  const { steps, span } = wordsOf(lang, step);
  const longest = silences.reduce<(typeof silences)[number] | undefined>(
    (most, each) => (most && most.steps >= each.steps ? most : each),
    undefined,
  );
  if (!longest || total.events === 0) return '';
  const between = span(longest.from, longest.to);
  if (lang === 'en') {
    const recent = total.recent_silence === 0 ? '' : ` Since the last report: ${steps(total.recent_silence)}.`;
    return ` Longest without any report: ${steps(longest.steps)}, ${between}.${recent}`;
  }
  const recent = total.recent_silence === 0 ? '' : ` Depuis le dernier signalement : ${steps(total.recent_silence)}.`;
  return ` Plus longue durée sans aucun signalement : ${steps(longest.steps)}, ${between}.${recent}`;
}

/** Units that reported once and have been silent since, the longest first. */
function fellSilent(lang: Language, study: StudyUnits, { units, step }: CoverageNumbers): string {
  const { steps } = wordsOf(lang, step);
  const named = units
    .map((unit, index) => ({ unit, title: study.units[index]?.title }))
    .filter(({ unit }) => unit.steps_reported > 0 && unit.recent_silence > 0)
    .sort((a, b) => b.unit.recent_silence - a.unit.recent_silence)
    .slice(0, NAMED)
    .map(({ unit, title }) => `${title?.[lang] ?? unit.unit} (${steps(unit.recent_silence)})`);
  if (named.length === 0) return '';
  const list = inWords(lang).list(named);
  return lang === 'en'
    ? ` Longest silent since their last report: ${list}.`
    : ` Silences les plus longs depuis un dernier signalement : ${list}.`;
}

function sourcesInWords(lang: Language, { sources }: CoverageNumbers): string {
  const { day, list } = inWords(lang);
  const named = sources.slice(0, NAMED).map(({ source, events, first, last }) => {
    const told =
      lang === 'en' ? count('en', events, 'event', 'events') : count('fr', events, 'événement', 'événements');
    if (first === undefined || last === undefined) return `${source} (${told})`;
    const span = lang === 'en' ? `${day(first)} to ${day(last)}` : `du ${day(first)} au ${day(last)}`;
    return `${source} (${told}, ${span})`;
  });
  if (named.length === 0) return '';
  return lang === 'en'
    ? ` The sources that tell of most: ${list(named)}.`
    : ` Sources les plus citées : ${list(named)}.`;
}

export function tell(
  study: StudyUnits,
  layers: readonly { readonly title: Localized }[],
  numbers: CoverageNumbers,
): Localized {
  const of = (lang: Language) => {
    const titles = inWords(lang).list(layers.map(({ title }) => title[lang]));
    const where = study.where ? ` (${study.where[lang]})` : '';
    const span = wordsOf(lang, numbers.step).span(numbers.from, numbers.to);
    const by = lang === 'en' ? `by ${study.title.en}` : `par unité : ${study.title.fr}`;
    const rest = [silencesInWords(lang, numbers), fellSilent(lang, study, numbers), sourcesInWords(lang, numbers)].join(
      '',
    );
    return `${titles}, ${span}, ${by}${where}. ${totalInWords(lang, study, numbers)}${rest}`;
  };
  return { en: of('en'), fr: of('fr') };
}

import type { Language, Localized } from './layer.ts';
import { printed } from './no-break-spaces.ts';
import type { FigureChange, RecordChanges, RecordsNote } from './watch.ts';

const word = (en: string, fr: string): Localized => ({ en, fr });

/** What members of answers are called; others by their own name. */
const WORDS: Readonly<Record<string, Localized>> = {
  actors: word('actors', 'acteurs'),
  area_km2: word('area', 'superficie'),
  by_kind: word('by kind', 'par type'),
  by_state: word('by state', 'par état'),
  changes: word('changes', 'changements'),
  collections: word('collections', 'collections'),
  count: word('number', 'nombre'),
  crossings: word('crossings', 'franchissements'),
  days: word('days', 'jours'),
  difference: word('difference', 'écart'),
  earlier: word('earlier period', 'première période'),
  events: word('events', 'événements'),
  hexagons: word('hexagons', 'hexagones'),
  imprecise: word('imprecise', 'imprécis'),
  in_study_area: word('in the study area', 'dans la zone d’étude'),
  inside: word('inside', 'à l’intérieur'),
  km: word('length', 'longueur'),
  km2: word('area', 'superficie'),
  later: word('later period', 'seconde période'),
  left_out: word('left out', 'écartés'),
  length_km: word('length', 'longueur'),
  listed: word('listed', 'listés'),
  mean: word('mean', 'moyenne'),
  months: word('length of the period', 'durée de la période'),
  occupied: word('hexagons with events', 'hexagones avec événements'),
  outside: word('outside', 'à l’extérieur'),
  p: word('p', 'p'),
  p_adjusted: word('p, adjusted', 'p, corrigé'),
  rate: word('rate', 'taux'),
  rate_ratio: word('ratio of rates', 'rapport des taux'),
  ratio: word('ratio', 'rapport'),
  records: word('records', 'fiches'),
  steps: word('steps', 'étapes'),
  study_area: word('study area', 'zone d’étude'),
  sums: word('sums', 'sommes'),
  total: word('total', 'total'),
  trends: word('trends', 'tendances'),
  undated: word('undated', 'sans date précise'),
  units: word('units', 'unités'),
  verdicts: word('verdicts', 'verdicts'),
  whole: word('whole', 'ensemble'),
};

/** An index of H3; what stands for no level of it is left out where it is named. */
const CELL = /^8[0-9a-f]{14}$/;
const HEXAGON = word('hexagon', 'hexagone');

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/**
 * What the number at a place is called: `total[attacks].records` is "Attacks, records".
 * @param titleOf what a collection is called, a measure or a kind; undefined of what is none
 * @param name of the entry of the list in which it stands
 */
export function figureLabel(place: string, titleOf: (name: string) => Localized | undefined, name?: string): Localized {
  const steps = place.split('.').flatMap((step): { member: string; key?: string }[] => {
    const [member = '', ...keys] = step.split(/[[\]]/).filter(Boolean);
    // A list whose entries are told apart says nothing more by its own name.
    return keys.length === 0 ? [{ member }] : keys.map((key) => ({ member, key }));
  });
  const inLanguage = (lang: Language) => {
    const parts = steps.map(({ member, key }) => {
      if (key === undefined) return (WORDS[member] ?? titleOf(member))?.[lang] ?? member.replaceAll('_', ' ');
      if (CELL.test(key)) return `${HEXAGON[lang]} ${key.replace(/f+$/, '')}`;
      return titleOf(key)?.[lang] ?? (name !== undefined && member === 'units' ? name : key);
    });
    return capital(parts.join(', '));
  };
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}

/** Of units as answers have them; others are signs that both languages share. */
const UNITS: Readonly<Record<string, Localized>> = {
  '1': word('', ''),
  km2: word('km²', 'km²'),
  d: word('days', 'jours'),
  month: word('months', 'mois'),
  '1/month': word('per month', 'par mois'),
  '1/100 km/month': word('per 100 km and month', 'par 100 km et par mois'),
  '1/1000 km2': word('per 1,000 km²', 'par 1\u202f000 km²'),
  '1/1000 km2/month': word('per 1,000 km² and month', 'par 1\u202f000 km² et par mois'),
};

/** A number with its unit. */
export function figureText(value: number | null, unit: string, lang: Language): string {
  if (value === null) return lang === 'fr' ? 'néant' : 'none';
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 4 };
  const number = new Intl.NumberFormat(lang, digits).format(value);
  const sign = UNITS[unit]?.[lang] ?? unit;
  return sign === '' ? number : `${number}\u00a0${sign}`;
}

/** Whether the answers' own intervals have nothing in common: then the difference is more than chance, as far as they say. */
export function isApart({ intervals }: FigureChange): boolean {
  if (!intervals) return false;
  const { before, after } = intervals;
  return before[1] < after[0] || after[1] < before[0];
}

/** A number before and after, with what its intervals say of the difference. */
export function figureSentence(change: FigureChange, lang: Language): string {
  const { label, before, after, unit, intervals } = change;
  const text = (value: number | null) => figureText(value, unit, lang);
  const pair = `${label[lang]}${lang === 'fr' ? '\u00a0: ' : ': '}${text(before)} → ${text(after)}`;
  if (!intervals) return pair;
  const span = ([lower, upper]: readonly [number, number]) =>
    `${figureText(lower, '1', lang)}–${figureText(upper, '1', lang)}`;
  const both = `${span(intervals.before)} → ${span(intervals.after)}`;
  const apart = isApart(change);
  if (lang === 'fr') return `${pair} (intervalles ${both}, ${apart ? 'disjoints' : 'qui se recoupent'})`;
  return `${pair} (intervals ${both}, ${apart ? 'apart' : 'overlapping'})`;
}

const NOTES: Readonly<Record<RecordsNote, Localized>> = {
  'no-longer-kept': word(
    'the version before is no longer kept, its records cannot be compared',
    'la version précédente n’est plus conservée, ses fiches ne peuvent être comparées',
  ),
  'whole-collection': word('in the whole collection', 'dans toute la collection'),
  removed: word('the collection is gone', 'la collection a disparu'),
};

const plural = (count: number) => (count === 1 ? '' : 's');

/** What became of the records of a collection. */
export function recordsSentence({ title, counts, note }: RecordChanges, lang: Language): string {
  const { added, removed, changed } = counts;
  const number = (count: number) => new Intl.NumberFormat(lang).format(count);
  const en = [
    [added, `${number(added)} new`],
    [removed, `${number(removed)} gone`],
    [changed, `${number(changed)} changed`],
  ] as const;
  // The noun is named once, with the first.
  const fr = [
    [added, `${number(added)} fiche${plural(added)} nouvelle${plural(added)}`],
    [removed, `${number(removed)} fiche${plural(removed)} retirée${plural(removed)}`],
    [changed, `${number(changed)} fiche${plural(changed)} modifiée${plural(changed)}`],
  ] as const;
  const told = (lang === 'fr' ? fr : en).flatMap(([count, text]) => (count > 0 ? [text] : []));
  const parts = [...told, ...(note ? [NOTES[note][lang]] : [])];
  return `${title[lang]}${lang === 'fr' ? '\u00a0: ' : ': '}${parts.join(', ')}`;
}

/** Numbers that are named in a summary; the others are listed below it. */
const NAMED = 3;
const SAME = word(
  'The records differ; the numbers are the same.',
  'Les fiches diffèrent ; les nombres sont les mêmes.',
);

/** What was different, in a sentence or two: records by collection, then the numbers that count most. */
export function changeSummary(records: readonly RecordChanges[], figures: readonly FigureChange[]): Localized {
  const said = (lang: Language) => {
    const told = [
      ...records.map((each) => recordsSentence(each, lang)),
      ...figures.slice(0, NAMED).map((each) => figureSentence(each, lang)),
    ];
    return `${told.join('. ')}.${figures.length === 0 ? ` ${SAME[lang]}` : ''}`;
  };
  return printed({ en: said('en'), fr: said('fr') });
}

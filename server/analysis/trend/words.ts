import { type Language, type Layer, type Localized, recordFields } from '../../core/layer.ts';
import { COVERED } from '../covered-area.ts';
import type { Place } from '../place.ts';
import { inWords } from '../words.ts';
import type { SeriesOf } from './inputs.ts';
import type { Found } from './series.ts';

const ANYWHERE: Localized = { en: 'wherever they are', fr: 'où que ce soit' };

/** Where a series is of. */
export function whereOf(place: Place | undefined, of: SeriesOf): Localized {
  if (!place && of !== 'events') return ANYWHERE;
  const { en, fr } = place?.title ?? COVERED;
  return { en: `in ${en}`, fr };
}

const SUBJECTS = {
  'in-force': { en: 'the number in force', fr: 'nombre en vigueur' },
  length: { en: 'the length of lines', fr: 'longueur de lignes' },
  area: { en: 'the ground covered', fr: 'terrain couvert' },
} as const;

/** What of what lasts is counted, of which collections: "the ground covered (Areas of control)". */
export function lastingSubject(
  layers: readonly Layer[],
  of: Exclude<SeriesOf, 'events'>,
  measure: string | undefined,
): Localized {
  const named = (lang: Language) => inWords(lang).list(layers.map(({ title }) => title[lang]));
  const title = layers[0]?.fields.find(({ name }) => name === measure)?.title;
  const what = title
    ? { en: `${title.en}, summed over what is in force`, fr: `${title.fr}, somme sur ce qui est en vigueur` }
    : SUBJECTS[of];
  return { en: `${what.en} (${named('en')})`, fr: `${what.fr} (${named('fr')})` };
}

const UNKNOWN: Localized = { en: 'not known', fr: 'non connu' };

/** What values of a field are called, and the field: as the layers have them, else as they are written. */
export function namesOfClasses(
  layers: readonly Layer[],
  by: string | undefined,
  classes: Found['classes'],
): { readonly classTitles: readonly Localized[]; readonly byTitle: Localized } {
  const fields = layers.flatMap((layer) => recordFields(layer).filter(({ name }) => name === by));
  const values = fields.flatMap((field) => field.values ?? []);
  return {
    byTitle: fields[0]?.title ?? UNKNOWN,
    classTitles: classes.map(({ name }) => {
      if (name === null) return UNKNOWN;
      return values.find(({ value }) => value === name)?.title ?? { en: name, fr: name };
    }),
  };
}

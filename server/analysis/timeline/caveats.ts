import { approximate, type Caveat, modelled, tooImprecise } from '../caveats.ts';
import type { Selected } from '../select.ts';
import { inWords } from '../words.ts';
import type { Ground } from './find-claims.ts';
import type { TimelineNumbersIn } from './numbers.ts';
import type { ToldSpan } from './told-spans.ts';

/** How far off outlines may be, metres. */
export interface OutlinePrecision {
  readonly least: number;
  readonly most: number;
}

function outlines({ least, most }: OutlinePrecision): Caveat[] {
  if (most <= 0) return [];
  const [en, fr] = [inWords('en').distance, inWords('fr').distance];
  return [
    {
      code: 'outlines',
      text: {
        en: `Read outlines as "about here": they may be off by ${least === most ? en(most) : `${en(least)} to ${en(most)}`}.`,
        fr: `Les contours se lisent « à peu près ici » : ils peuvent être décalés de ${least === most ? fr(most) : `${fr(least)} à ${fr(most)}`}.`,
      },
    },
  ];
}

const NOT_RECORDED: Caveat = {
  code: 'not-recorded',
  text: {
    en: 'Not recorded says that no source places anyone there, not that nobody was there.',
    fr: '« Non renseigné » dit qu’aucune source n’y situe d’acteur, non que personne n’y était.',
  },
};

const SEVERAL: Caveat = {
  code: 'several',
  text: {
    en: 'Where several actors are recorded together, all are named; the order says nothing about who prevails.',
    fr: 'Là où plusieurs acteurs sont signalés ensemble, tous sont nommés ; l’ordre ne dit pas qui l’emporte.',
  },
};

const NAMES: Caveat = {
  code: 'names',
  text: {
    en: 'An actor that is recorded under another name, or within an alliance, counts as another actor: its ground is lost by one and gained by the other.',
    fr: 'Un acteur signalé sous un autre nom, ou au sein d’une alliance, compte pour un autre acteur : l’un perd son terrain et l’autre le gagne.',
  },
};

function uncertain(precisionM: number): Caveat {
  return {
    code: 'uncertain-place',
    text: {
      en: `Where "perhaps" stands, the place (known to within ${inWords('en').distance(precisionM)}) reaches an outline.`,
      fr: `Là où figure « peut-être », le lieu (connu à ${inWords('fr').distance(precisionM)} près) atteint un contour.`,
    },
  };
}

interface Found {
  readonly precision: OutlinePrecision;
  readonly spans: readonly ToldSpan[];
  readonly ground: Ground | undefined;
  readonly compared: TimelineNumbersIn['compare'];
  /** Records that a ceiling on their precision leaves out. */
  readonly left: number;
}

/** What must be known with a timeline. */
export function caveatsOf(control: readonly Selected[], found: Found): Caveat[] {
  const { precision, spans, ground, compared, left } = found;
  const layers = control.map(({ layer }) => layer);
  const shares = spans.flatMap((span) => span.shares ?? []);
  const isMissing = spans.some(({ status }) => status === 'not_recorded') || shares.some(({ actors }) => !actors[0]);
  const isShared =
    spans.some(({ status, shares: of }) => status === 'several' && !of) ||
    shares.some(({ actors }) => actors.length > 1);
  const limit = Math.max(...control.map(({ maxPrecisionM }) => maxPrecisionM ?? 0));
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...outlines(precision),
    ...(isMissing || (compared && compared.all.lost_km2 > 0) ? [NOT_RECORDED] : []),
    ...(isShared || (compared && compared.all.shared_before_km2 + compared.all.shared_after_km2 > 0) ? [SEVERAL] : []),
    ...(compared ? [NAMES] : []),
    ...(ground && spans.some(({ status }) => status === 'uncertain') ? [uncertain(ground.precisionM)] : []),
    ...tooImprecise(left, limit),
  ];
}

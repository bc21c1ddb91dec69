import type { Geometry } from 'geojson';
import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { MAX_RESOLUTION, radiusOfCells } from '../../core/hex.ts';
import type { Localized } from '../../core/layer.ts';
import { type EventsSizeRow, eventsSizeQuery } from '../../query/analysis/cells/count.ts';
import { keptAnswers } from '../kept-answers.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { count, inWords } from '../words.ts';

/** A resolution and why. */
export interface Recommendation {
  readonly resolution: number;
  /** What decided: the number of events, how precisely they are known, how small the area is, or how many hexagons can be compared. */
  readonly because: 'events' | 'precision' | 'area' | 'size';
  /** A whole sentence. */
  readonly reason: Localized;
}

/** Fewer hexagons say nothing of which of them stand out. */
const FEWEST_CELLS = 30;
/** More are not recommended, though they may be asked for. */
const MOST_CELLS = 20_000;

const kept = keptAnswers<EventsSizeRow>(64);

/** Facts that a resolution is chosen by. */
export interface StudyFacts {
  readonly areaKm2: number;
  readonly events: number;
  /** Metres; absent when not known. */
  readonly medianM: number | undefined;
  /** Whether nothing says of half of the events of a collection how precisely they are known. */
  readonly isUnknown?: boolean;
}

const sizeOf = (resolution: number) => getHexagonAreaAvg(resolution, UNITS.km2);

/** @param coarser what asked for a coarser one than was taken, of `area` */
function reasonOf(
  lang: 'en' | 'fr',
  because: Recommendation['because'],
  coarser: Recommendation['because'],
  { events, medianM = 0 }: StudyFacts,
): string {
  const { distance } = inWords(lang);
  const isByPrecision = coarser === 'precision';
  if (lang === 'en') {
    return {
      events: `it is the finest whose hexagons are no smaller than twice the area divided by the number of events, ${count('en', events, 'event', 'events')}`,
      precision: `it is the finest to which half of the events are known, within ${distance(medianM)}`,
      area: `it is the coarsest that makes at least ${FEWEST_CELLS} hexagons here, finer than ${isByPrecision ? `half of the events are known, within ${distance(medianM)}: these are imprecise` : 'the number of events would ask for'}`,
      size: `finer ones would make more than ${inWords('en').number(MOST_CELLS)} hexagons here`,
    }[because];
  }
  return {
    events: `c’est la plus fine dont les hexagones ne sont pas plus petits que deux fois la superficie divisée par le nombre d’événements, soit ${count('fr', events, 'événement', 'événements')}`,
    precision: `c’est la plus fine à laquelle la moitié des événements sont localisés, à ${distance(medianM)} près`,
    area: `c’est la plus grossière qui donne ici au moins ${FEWEST_CELLS} hexagones, plus fine que ${isByPrecision ? `ne le permet la localisation de la moitié des événements, à ${distance(medianM)} près : ils sont imprécis` : 'ne le voudrait le nombre d’événements'}`,
    size: `une résolution plus fine donnerait ici plus de ${inWords('fr').number(MOST_CELLS)} hexagones`,
  }[because];
}

/**
 * The finest resolution whose hexagons are no smaller than 2 A / n, the size of quadrats that Griffith & Amrhein (1991,
 * Statistical Analysis for Geographers, 131) advise for n events in an area A, and not so small that half of the events are
 * not known to one: with the median precision within the radius of a circle as large. Where that makes fewer than 30
 * hexagons, the coarsest that makes as many.
 */
export function chooseResolution(facts: StudyFacts): Recommendation {
  const { areaKm2, events, medianM } = facts;
  const all = Array.from({ length: MAX_RESOLUTION + 1 }, (_, resolution) => resolution);
  const finest = (holds: (resolution: number) => boolean) => all.findLast(holds) ?? 0;
  const byRule = {
    events: finest((resolution) => events > 0 && sizeOf(resolution) >= (2 * areaKm2) / events),
    precision: finest((resolution) => radiusOfCells(resolution) >= (medianM ?? 0)),
    size: finest((resolution) => areaKm2 / sizeOf(resolution) <= MOST_CELLS),
  };
  const [because, coarsest] = (Object.entries(byRule) as [keyof typeof byRule, number][]).reduce((one, other) =>
    other[1] < one[1] ? other : one,
  );
  const least = all.find((resolution) => areaKm2 / sizeOf(resolution) >= FEWEST_CELLS) ?? MAX_RESOLUTION;
  const isTooCoarse = coarsest < least;
  const decided = isTooCoarse ? 'area' : because;
  const resolution = isTooCoarse ? least : coarsest;
  const unknown = {
    en: '; of half of the events, or more, nothing says how precisely they are known',
    fr: ' ; de la moitié des événements, ou plus, rien ne dit avec quelle précision ils sont localisés',
  };
  const reason = (lang: 'en' | 'fr') =>
    `${reasonOf(lang, decided, because, facts)}${facts.isUnknown ? unknown[lang] : ''}`;
  return {
    ...{ resolution, because: decided },
    reason: {
      en: `The resolution, H3 ${resolution}, is recommended: ${reason('en')}.`,
      fr: `La résolution H3 ${resolution} est recommandée : ${reason('fr')}.`,
    },
  };
}

/** Recommends a resolution for the events of a question. @param place GeoJSON, degrees: only those in it */
export async function recommend(
  { run }: Question,
  selected: readonly Selected[],
  { areaKm2, place }: { readonly areaKm2: number; readonly place: Geometry | undefined },
): Promise<Recommendation> {
  const rows: EventsSizeRow[] = [];
  for (const { layer, filter } of selected) {
    const query = eventsSizeQuery(layer, place ? { ...filter, place } : filter);
    const ask = async () => (await run<EventsSizeRow>(query))[0] ?? { count: 0, median_m: null };
    rows.push(await kept(layer, JSON.stringify([query.text, query.values]), ask));
  }
  const events = rows.reduce((sum, row) => sum + row.count, 0);
  // Of several collections that of the least precise one, among those that have events: none is to be shown finer than it is.
  const medians = rows.flatMap(({ count: of, median_m }) => (of > 0 && median_m !== null ? [median_m] : []));
  const medianM = medians.length === 0 ? undefined : Math.max(...medians);
  const isUnknown = rows.some(({ count: of, median_m }) => of > 0 && median_m === null);
  return chooseResolution({ areaKm2, events, medianM, isUnknown });
}

import type { EventRow } from '../../query/analysis/association.ts';
import type { LonLats } from '../../stats/geocentric.ts';
import { toMetres } from '../bands.ts';
import { inTurns } from '../corridor/turns.ts';
import type { Question } from '../question.ts';
import { leastRadius, lengthOfAll, outlineFineness } from './fineness.ts';
import type { AssociationInputs } from './inputs.ts';
import { insideOf } from './inside.ts';
import { fill, type Lattice, layLattice, shareOf, within } from './lattice.ts';
import { nearestOf } from './nearest.ts';
import { emptyPlaced, type Placed, put } from './placed.ts';
import { findInside, findSides, findStudyArea, readEvents, type Sides, type StudyArea, sizeShapes } from './read.ts';
import { type Pieces, readPieces } from './read-pieces.ts';
import { type Bands, type Distances, emptySizes, type Fineness, type Sizes } from './size-cell.ts';
import { sizeGround } from './size-ground.ts';

/** All that was found. */
export interface Measured {
  readonly sides: Sides;
  readonly area: StudyArea;
  readonly bands: Bands;
  readonly rows: readonly EventRow[];
  /** Events that are left out since their position is not known well enough, and those that are taken all the same. */
  readonly imprecise: number;
  readonly included: number;
  /** Where all of them are. */
  readonly reported: LonLats;
  readonly shapes: { readonly shapes: number; readonly imprecise: number; readonly flows: number };
  readonly events: Placed;
  readonly lattice: Lattice;
  /** Of the cells of the lattice; what lies outside the study area is marked 0. */
  readonly ground: Placed & { readonly marks: Uint8Array; readonly points: number };
  readonly sizes: Sizes;
  /** The cell of the lattice in which each event lies. */
  readonly columns: Int32Array;
  readonly rowsOf: Int32Array;
}

const MIN_SAMPLES = 20_000;
const MAX_SAMPLES = 400_000;
/** A study area that is thin in its box is sampled less finely rather than that more than so many are laid. */
const MAX_LAID = 2_000_000;

/** How many cells are laid over the box of the study area, and how many of them lie about in it. */
export function samplesOf(area: StudyArea, inputs: AssociationInputs) {
  const { columns, rows, cellM2 } = layLattice(area, 1);
  const boxM2 = columns * rows * cellM2;
  const step = Math.min(...inputs.within_km.map((end, index, ends) => end - (ends[index - 1] ?? 0))) * 500;
  const wanted = inputs.samples ?? Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, area.area_m2 / step ** 2));
  const laid = Math.min(MAX_LAID, wanted * Math.max(1, boxM2 / area.area_m2));
  return { laid: Math.ceil(laid), inside: Math.ceil((laid * area.area_m2) / boxM2) };
}

/** What is measured from, and how finely. */
function distancesTo(to: Pieces, places: Pieces): Distances {
  const outlines = to.outlines.flat();
  return {
    to: nearestOf(to.all),
    place: places.all.length > 0 ? nearestOf(places.all) : undefined,
    polygons: outlines.length > 0 ? { outline: nearestOf(outlines), inside: insideOf(to.outlines) } : undefined,
  };
}

function finenessOf(to: Pieces, places: Pieces, { ends, placeEnds }: Bands, { area_m2: area }: StudyArea): Fineness {
  const leastFor = ({ all, points }: Pieces, ends: readonly number[]) =>
    leastRadius(ends, { length: lengthOfAll(all), shapes: points, area });
  return { least: { to: leastFor(to, ends), place: leastFor(places, placeEnds) }, outline: outlineFineness(to) };
}

/** @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept, RequestAborted */
export async function measure(question: Question, inputs: AssociationInputs): Promise<Measured> {
  const sides = await findSides(question, inputs);
  const area = await findStudyArea(question, inputs, sides.events);
  const { rows, imprecise, included, reported } = await readEvents(question, sides, area, inputs);
  const shapes = await sizeShapes(question, sides.to, inputs);
  question.progress(0.1, { en: 'Reading shapes', fr: 'Lecture des tracés' });
  const to = await readPieces(question, sides.to, inputs.flows);
  const places = await readPieces(question, sides.places, true);
  const insideEvents = await findInside(question, sides, rows);
  const hasInside = to.outlines.length > 0;
  const placeEnds = places.all.length > 0 ? inputs.places_km.map(toMetres) : [];
  const ends = inputs.within_km.map(toMetres);
  const bands: Bands = {
    ...{ hasInside, ends, placeEnds },
    count: ends.length + (hasInside ? 2 : 1),
    strata: placeEnds.length + 1,
  };
  const lattice = layLattice(area, samplesOf(area, inputs).laid);
  const marks = within(lattice, area.geometry);
  const inShapes = new Uint8Array(marks.length);
  for (const outline of to.outlines)
    fill(
      lattice,
      outline.map(([, lon, lat, toLon, toLat]) => [lon, lat, toLon, toLat]),
      inShapes,
    );
  let [ground, sizes] = [emptyPlaced(marks.length), emptySizes(bands)];
  const events = emptyPlaced(rows.length);
  question.progress(0.3, { en: 'Measuring distances', fr: 'Mesure des distances' });
  if (to.all.length > 0) {
    await inTurns(
      async (pause) => {
        const distances = distancesTo(to, places);
        for (const [index, [, , lon, lat]] of rows.entries()) {
          put(events, index, [lon, lat], insideEvents.has(index), bands, distances);
          const paused = pause();
          if (paused) await paused;
        }
        const fineness = finenessOf(to, places, bands, area);
        ({ ground, sizes } = await sizeGround(lattice, { marks, inShapes }, bands, distances, fineness, pause));
      },
      { signal: question.signal, kind: 'long' },
    );
  }
  const cells = rows.map(([, , lon, lat]) => shareOf(lattice, lon, lat));
  const inCell = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return {
    ...{ sides, area, bands, rows, imprecise, included, reported, shapes, events, lattice, sizes },
    ground: { ...ground, marks, points: marks.reduce((sum, mark) => sum + mark, 0) },
    columns: Int32Array.from(cells, ([across]) => inCell(across, lattice.columns)),
    rowsOf: Int32Array.from(cells, ([, up]) => inCell(up, lattice.rows)),
  };
}

import type { Position as LonLat, MultiLineString } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import type { SegmentRow } from '../../query/analysis/control-stretches.ts';
import { type VertexRow, verticesQuery } from '../../query/analysis/corridor/line.ts';
import { toPosition } from '../../stats/geocentric.ts';
import type { Caveat } from '../caveats.ts';
import { verticesOf } from '../geometry.ts';
import type { Question } from '../question.ts';
import type { LineInput } from './inputs.ts';
import { type NamedLine, nameLine, partsOf } from './name-line.ts';
import type { Piece } from './piece.ts';

/** A line to be asked about, cut into pieces of some two kilometres at most. */
export interface CorridorLine {
  readonly title: Localized;
  /** Degrees; a piece that crosses the antimeridian is not cut there. */
  readonly geometry: MultiLineString;
  readonly pieces: readonly Piece[];
  /** The same pieces as `cutLine` takes them. */
  readonly segments: readonly SegmentRow[];
  /** On the ellipsoid: the sum of the geodesics between its vertices. Between its parts there is none. */
  readonly lengthM: number;
  readonly caveats: readonly Caveat[];
  /** Of a line that is a record. */
  readonly layer?: NamedLine['layer'];
}

/** A straight piece of two kilometres is 8 cm below the surface. */
const PIECE_M = 2_000;
/** For lines around the world. */
const MAX_CUTS = 20_000;
const MAX_PIECES = 100_000;
/** Around each of them a band is drawn. */
const MAX_PARTS = 10_000;
/** Degrees, on either side of the equator. */
const MAX_LATITUDE = 89;
/** Of latitude, where it is shortest. */
const LEAST_DEGREE_M = 110_574;
/** Metres; vertices as near as that to the one before are left out. */
const SAME_M = 0.001;

function refuse(detail: string): never {
  throw new InvalidParameter([{ pointer: '/inputs/line', detail }]);
}

/** Metres: no piece is longer. */
const stepOf = ({ lengthM }: NamedLine) => Math.max(PIECE_M, lengthM / MAX_CUTS);

/** Into how many pieces a line is cut, at most. */
export const piecesIn = (line: NamedLine): number =>
  verticesOf(partsOf(line.geometry)) + Math.ceil(line.lengthM / stepOf(line));

function toLine(rows: readonly VertexRow[], { title, caveats, layer }: NamedLine): CorridorLine {
  const coordinates: LonLat[][] = [];
  const pieces: Piece[] = [];
  const segments: SegmentRow[] = [];
  let lengthM = 0;
  let [part, lon, lat] = [0, 0, 0];
  let isBegun = false;
  for (const [index, [of, atLon, atLat, metres]] of rows.entries()) {
    if (of !== part) [part, lon, lat, isBegun] = [of, atLon, atLat, false];
    if (metres < SAME_M) continue;
    const [, toLon, toLat] = rows[index + 1] as VertexRow;
    if (!isBegun) coordinates.push([[lon, lat]]);
    coordinates.at(-1)?.push([toLon, toLat]);
    pieces.push({ from: toPosition(lon, lat), to: toPosition(toLon, toLat), start: lengthM, length: metres });
    const place = { from_lon: lon, from_lat: lat, to_lon: toLon, to_lat: toLat };
    segments.push({ line: 0, before_m: lengthM, length_m: metres, ...place });
    lengthM += metres;
    [lon, lat, isBegun] = [toLon, toLat, true];
  }
  const geometry = { type: 'MultiLineString', coordinates } as const;
  return { title, geometry, pieces, segments, lengthM, caveats, ...(layer ? { layer } : {}) };
}

/**
 * The line that a question is about.
 * @throws InvalidParameter for what is no line, has no length, lies at a pole, or is a flow that was not asked for as such; LayerNotFound,
 * FeatureNotFound
 */
export async function findLine(
  question: Question,
  wanted: LineInput,
  flows: boolean,
  withinM: number,
): Promise<CorridorLine> {
  const named = await nameLine(question, wanted, flows);
  const parts = partsOf(named.geometry).length;
  if (parts > MAX_PARTS)
    refuse(`The line has ${parts} parts: at most ${MAX_PARTS} are measured. Join or simplify them.`);
  const line = toLine(await question.run<VertexRow>(verticesQuery(named.geometry, stepOf(named))), named);
  if (line.pieces.length === 0) refuse('The line has no length: all its points are the same place.');
  if (line.pieces.length > MAX_PIECES) {
    refuse(`The line has ${line.pieces.length} pieces: at most ${MAX_PIECES} are measured. Simplify it.`);
  }
  const farthest = line.segments.reduce(
    (most, { from_lat, to_lat }) => Math.max(most, Math.abs(from_lat), Math.abs(to_lat)),
    0,
  );
  if (farthest + withinM / LEAST_DEGREE_M > MAX_LATITUDE) {
    refuse(
      `With that distance around it the line comes within ${90 - MAX_LATITUDE} degree of a pole, where areas are not told.`,
    );
  }
  return line;
}

/** Metres along the line of a place given in pieces: 12.5 is the middle of the thirteenth piece. */
export function chainageOf({ pieces, lengthM }: CorridorLine, place: number): number {
  const piece = pieces[Math.floor(place)];
  return piece ? piece.start + (place - Math.floor(place)) * piece.length : lengthM;
}

import { type GroundSizeRow, groundSizeQuery } from '../../query/analysis/exposure/ground-size.ts';
import { type SubjectSizeRow, subjectSizeQuery } from '../../query/analysis/exposure/subjects.ts';
import { countQuery } from '../../query/items.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { Choice } from './choose.ts';

/** More rows than this make no table that anyone reads. */
const MAX_ROWS = 5_000;
/** Metres: lines are measured by pieces of their geodesics. */
const PIECE_M = 20_000;
/** Of one degree of latitude. */
const KM = 111;

/**
 * Seconds on one processor of an ordinary server: for a row; an event beside a piece; a vertex of a corridor measured from a
 * point, and of both from a line; a vertex of an area around a point; a piece of a line cut with a part of an area.
 */
const SECONDS = { row: 1e-3, event: 3e-6, fromPoint: 1e-6, fromLine: 8e-6, ground: 9e-7, cut: 5e-5 };

/** How many records there are of a choice, and of what size. */
export async function sizeOf({ run }: Question, of: readonly Selected[], flows: boolean): Promise<SubjectSizeRow> {
  const nothing = { taken: 0, all_records: 0, lines: 0, line_vertices: 0, length_m: 0 };
  if (of.length === 0) return nothing;
  const [size = nothing] = await run<SubjectSizeRow>(subjectSizeQuery(of, flows));
  return size;
}

/** The part of events that is looked at beside each piece: what its box may be of theirs, and at least a tenth, a crowded place. */
function shareNear({ layer: { bbox } }: Selected, withinKm: number): number {
  if (bbox === null) return 1;
  const side = 2 * withinKm + PIECE_M / 1000;
  const { west, south, east, north } = bbox;
  const width = west <= east ? east - west : east - west + 360;
  return Math.min(1, Math.max(0.1, (side / (KM * width)) * (side / (KM * (north - south)))));
}

async function nearEvents({ run }: Question, events: Choice['events'], withinKm: number): Promise<number> {
  let near = 0;
  for (const each of events) {
    const [row] = await run<{ count: number }>(countQuery(each.layer, each.filter));
    near += (row?.count ?? 0) * shareNear(each, withinKm);
  }
  return near;
}

/**
 * What the table would take: each row is compared with events, with every corridor, and with the ground on which it lies.
 * @throws AnalysisTooLarge for too many rows
 */
export async function estimateExposure(
  question: Question,
  { of, corridors, control, events }: Choice,
  { flows, within_km }: { readonly flows: boolean; readonly within_km: number },
): Promise<Estimate> {
  const { taken, lines, line_vertices, length_m } = await sizeOf(question, of, flows);
  if (taken > MAX_ROWS) {
    throw new AnalysisTooLarge(
      `This table would have ${taken} rows; at most ${MAX_ROWS} are made. Narrow "of", or give a place.`,
    );
  }
  if (taken === 0) return { comparisons: 0, seconds: 0 };
  const beside = Math.round((taken + length_m / PIECE_M) * (await nearEvents(question, events, within_km)));
  const ways = await sizeOf(question, corridors, flows);
  const points = taken - lines;
  // Each vertex of both once for each pair.
  const fromPoints = points * (ways.taken + ways.line_vertices);
  const fromLines = line_vertices * ways.taken + lines * ways.line_vertices;
  const nothing = { point_vertices: 0, line_pieces: 0 };
  const [ground = nothing] =
    control.length === 0 ? [] : await question.run<GroundSizeRow>(groundSizeQuery(of, flows, control, PIECE_M));
  return {
    comparisons: Math.round(beside + taken * ways.taken + ground.line_pieces),
    seconds:
      taken * SECONDS.row +
      beside * SECONDS.event +
      fromPoints * SECONDS.fromPoint +
      fromLines * SECONDS.fromLine +
      ground.point_vertices * SECONDS.ground +
      ground.line_pieces * SECONDS.cut,
  };
}

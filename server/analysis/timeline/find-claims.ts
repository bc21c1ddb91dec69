import { InvalidParameter } from '../../core/errors.ts';
import { type ClaimRow, type PointClaimRow, pointClaimsQuery } from '../../query/analysis/timeline/at-point.ts';
import type { Claims } from '../../query/analysis/timeline/claim.ts';
import {
  type AreaClaimRow,
  areaClaimsQuery,
  type GroundRow,
  groundQuery,
} from '../../query/analysis/timeline/in-area.ts';
import { precisionQuery } from '../../query/analysis/timeline/size.ts';
import type { PlaceInput } from '../inputs.ts';
import { findPlace, type Place } from '../place.ts';
import type { Question } from '../question.ts';
import { type Certainty, certaintyOf } from './certainty.ts';
import { type Held, toHeld } from './spans.ts';

/** A record of control at a place. */
export interface Claim extends ClaimRow, Held {
  /** Of a point. */
  readonly certainty?: Certainty;
  readonly outline_away_m?: number;
}

/** Where it is asked who was there: a point within a disc, or an area. */
export interface Ground {
  readonly place: Place;
  readonly kind: 'point' | 'area';
  /** Of a point: how far off it may be, metres. */
  readonly precisionM: number;
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

async function precisionOf(question: Question, wanted: PlaceInput, given: number | undefined): Promise<number> {
  if (given !== undefined) return given;
  if (!('collection' in wanted)) return 0;
  const layer = await question.layer(wanted.collection);
  const query = precisionQuery(layer, { access: question.access }, wanted.item);
  const [row] = await question.run<{ precision_m: number | null }>(query);
  return row?.precision_m ?? 0;
}

/** @throws InvalidParameter for lines and several points, and what findPlace throws */
export async function findGround(
  question: Question,
  wanted: PlaceInput,
  precisionM: number | undefined,
): Promise<Ground> {
  const place = await findPlace(question, wanted);
  if (place.kind === 'line')
    refuse('place', 'place is a point or an area; along a line control is told by "corridor".');
  if (place.kind === 'polygon') {
    if (precisionM !== undefined)
      refuse('place_precision_m', 'place_precision_m is of a point; this place is an area.');
    return { place, kind: 'area', precisionM: 0 };
  }
  const { geometry } = place;
  if (geometry.type === 'MultiPoint' && geometry.coordinates.length > 1) {
    refuse('place', `place has ${geometry.coordinates.length} points; ask of one at a time.`);
  }
  return { place, kind: 'point', precisionM: await precisionOf(question, wanted, precisionM) };
}

/** The records that say who was there, in the order of the collections and of their numbers. */
export async function findClaims(
  { run }: Question,
  claims: readonly Claims[],
  { place, kind, precisionM }: Ground,
): Promise<Claim[]> {
  if (kind === 'area') {
    const rows = await run<AreaClaimRow>(areaClaimsQuery(claims, place.geometry));
    return rows.map((row) => ({ ...row, ...toHeld(row.held_from, row.held_to) }));
  }
  const rows = await run<PointClaimRow>(pointClaimsQuery(claims, place.geometry, precisionM));
  return rows.map((row) => ({
    ...row,
    ...toHeld(row.held_from, row.held_to),
    certainty: certaintyOf(row, precisionM),
  }));
}

/** The pieces of an area by who claims them, at whatever time. */
export function findGroundRows({ run }: Question, claims: readonly Claims[], { place }: Ground): Promise<GroundRow[]> {
  return run<GroundRow>(groundQuery(claims, place.geometry));
}

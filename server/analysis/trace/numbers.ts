import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import type { Holder } from './holders.ts';
import { daysBetween, isOrderKnown, type Lot, type LotRecord } from './lots.ts';
import type { Distance, Measured } from './measure.ts';
import type { RiverSide } from './river.ts';

const distance = (what: string) =>
  z.strictObject({
    km: quantity('km', `${what}, geodesic`, 1),
    km_min: quantity('km', 'At least, as both positions may be off', 1),
    km_max: quantity('km', 'At most, as both positions may be off', 1),
  });
const day = (description: string) => z.int().min(0).meta({ unit: 'd', description });
const days = (what: string) => z.strictObject({ min: day(`${what}: at least`), max: day(`${what}: at most`) });
const holders = z.array(z.strictObject({ actor: z.string(), control: z.string(), throughout: z.boolean() }));

const stop = z.strictObject({
  ...{ record: z.string(), collection: z.string(), event: z.string(), site: z.string().optional() },
  /** Of those that it may have been; of what is not dated, none. */
  ...{ first_day: z.string().optional(), last_day: z.string().optional() },
  /** `undated` and `before_diversion` are not joined, nor are diversions after the first. */
  place_in_path: z.enum(['origin', 'find', 'further_diversion', 'undated', 'before_diversion']),
  leg: distance('From the record before it in the path').extend({ order_known: z.boolean() }).optional(),
  from_origin: distance('From the first diversion').optional(),
  days: days('Days since the first diversion').optional(),
  held_by: holders,
  perhaps_held_by: holders,
  river: z
    .strictObject({
      bank: z.enum(['left', 'right', 'between']),
      bank_known: z.boolean(),
      km: quantity('km', 'From the line of the river, geodesic', 1),
      towards: z.enum(['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW']),
    })
    .optional(),
});

const lot = z.strictObject({
  lot: z.string(),
  diversions: count('Diversions'),
  finds: count('Recoveries and seizures, those out of the path too'),
  undated: count('Records whose days are not known'),
  before_diversion: count('Finds dated wholly before the first diversion'),
  path: distance('Length of the path').optional(),
  order_unknown: count('Legs whose order the days do not tell'),
  days: days('Days from the first diversion until every find of the path').optional(),
  first_on_left_bank: z
    .strictObject({
      ...{ record: z.string(), first_day: z.string(), last_day: z.string(), bank_known: z.boolean() },
      perhaps_earlier: count('Finds before it of which the bank is not certain'),
    })
    .optional(),
  stops: z.array(stop),
});

export const TRACE_NUMBERS = z.strictObject({
  records: count('Records of the lots'),
  without_lot: count('Records that name no lot, and are not traced'),
  lots: z.array(lot),
});

export type LotNumbers = z.input<typeof lot>;
export type StopNumbers = z.input<typeof stop>;

const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
const towards = (azimuth: number) => COMPASS[Math.round(azimuth / 45) % 8] ?? 'N';

const toRiver = ({ bank, isKnown, km, azimuth }: RiverSide) => ({
  river: { bank, bank_known: isKnown, km, towards: towards(azimuth) },
});
const plain = (list: readonly Holder[]) => list.map((holder) => ({ ...holder }));

/** Of the records as `recordsOf` has them. */
function placeInPath({ path, diversions, tooEarly }: Lot, at: number): StopNumbers['place_in_path'] {
  if (at === 0 && diversions.length > 0) return 'origin';
  if (at < path.length) return 'find';
  const further = path.length + Math.max(0, diversions.length - 1);
  if (at < further) return 'further_diversion';
  return at < further + tooEarly.length ? 'before_diversion' : 'undated';
}

function toStop(lot: Lot, record: LotRecord, at: number, found: Measured): StopNumbers {
  const [origin] = lot.diversions;
  const { first, last } = record;
  const [here, before] = [lot.path[at], lot.path[at - 1]];
  const since = origin && here && here !== origin ? daysBetween(origin, here) : undefined;
  return {
    ...{ record: record.record, collection: record.collection, event: record.event ?? 'unknown' },
    ...(record.site === null ? {} : { site: record.site }),
    ...(first === null || last === null ? {} : { first_day: first, last_day: last }),
    place_in_path: placeInPath(lot, at),
    ...(found.leg && here && before ? { leg: { ...found.leg, order_known: isOrderKnown(before, here) } } : {}),
    ...(found.fromOrigin ? { from_origin: found.fromOrigin } : {}),
    ...(since ? { days: { min: Math.max(0, since.min), max: since.max } } : {}),
    ...{ held_by: plain(found.holders), perhaps_held_by: plain(found.maybe) },
    ...(found.river ? toRiver(found.river) : {}),
  };
}

/** Every record of a lot: the path in its order, then the further diversions, what is dated too early, what is not dated. */
export function recordsOf({ path, diversions, tooEarly, undated }: Lot): readonly LotRecord[] {
  return [...path, ...diversions.slice(1), ...tooEarly, ...undated];
}

const sum = (legs: readonly Distance[], key: keyof Distance) => legs.reduce((total, leg) => total + leg[key], 0);

const greatest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

export function toLotNumbers(lot: Lot, measured: ReadonlyMap<LotRecord, Measured>): LotNumbers {
  const stops = recordsOf(lot).map((record, at) => toStop(lot, record, at, measured.get(record) as Measured));
  const onPath = stops.slice(0, lot.path.length);
  const finds = onPath.filter(({ place_in_path }) => place_in_path === 'find');
  const legs = onPath.flatMap(({ leg }) => (leg ? [leg] : []));
  const since = finds.flatMap((each) => (each.days ? [each.days] : []));
  const left = finds.findIndex(({ river }) => river?.bank === 'left');
  const first = finds[left];
  return {
    lot: lot.lot,
    diversions: stops.filter(({ event }) => event === 'diversion').length,
    finds: stops.filter(({ event }) => event !== 'diversion').length,
    ...{ undated: lot.undated.length, before_diversion: lot.tooEarly.length },
    ...(legs.length > 0
      ? { path: { km: sum(legs, 'km'), km_min: sum(legs, 'km_min'), km_max: sum(legs, 'km_max') } }
      : {}),
    order_unknown: legs.filter(({ order_known }) => !order_known).length,
    ...(since.length > 0
      ? { days: { min: greatest(since.map(({ min }) => min)), max: greatest(since.map(({ max }) => max)) } }
      : {}),
    ...(first?.river && first.first_day !== undefined && first.last_day !== undefined
      ? {
          first_on_left_bank: {
            ...{ record: first.record, first_day: first.first_day, last_day: first.last_day },
            bank_known: first.river.bank_known,
            perhaps_earlier: finds.slice(0, left).filter(({ river }) => river && !river.bank_known).length,
          },
        }
      : {}),
    stops,
  };
}

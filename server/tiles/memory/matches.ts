import type { Bbox } from '../../core/bbox.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { descendantRange, toBaseCell } from '../../core/hex.ts';
import type { Layer } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';
import type { Filter } from '../../query/filter.ts';
import { toParts, toPosition } from './geometry.ts';
import { meetsBox } from './meets-box.ts';
import { isWithin } from './single-precision.ts';

export type Condition = (index: number) => boolean;

/** A day as milliseconds since 1970; an open end is infinitely far. */
function toTime(day: unknown, open: number): number {
  return typeof day === 'string' ? Date.parse(`${day}T00:00:00Z`) : open;
}

function meetsAnyBox(layer: Layer, records: readonly LayerRecord[], boxes: readonly Bbox[]): Condition {
  if (layer.geometry === 'point') {
    return (index) => {
      const [lon, lat] = toPosition((records[index] as LayerRecord).geometry);
      return boxes.some(({ west, south, east, north }) => isWithin(lon, west, east) && isWithin(lat, south, north));
    };
  }
  return (index) => {
    const parts = toParts((records[index] as LayerRecord).geometry);
    return boxes.some((box) => meetsBox(parts, layer.geometry === 'polygon', box));
  };
}

function isInCell(records: readonly LayerRecord[], cell: string): Condition {
  const range = descendantRange(cell);
  const [first, last] = [BigInt(range.first), BigInt(range.last)];
  return (index) => {
    const [lon, lat] = toPosition((records[index] as LayerRecord).geometry);
    const base = BigInt(toBaseCell(lon, lat));
    return base >= first && base <= last;
  };
}

/**
 * The same conditions as `predicate` of server/query/filter.ts, on records in memory: access first, then what was asked.
 * The condition that it returns takes the place of a record in `records`.
 */
export function matcher(layer: Layer, records: readonly LayerRecord[]): (filter: Filter) => Condition {
  const from = Float64Array.from(records, ({ properties }) => toTime(properties.valid_from, -Infinity));
  const to = Float64Array.from(records, ({ properties }) => toTime(properties.valid_to, Infinity));
  const handlings = [...new Set(records.map(({ properties }) => properties.handling as Layer['handling']))];
  const handled = Uint8Array.from(records, ({ properties }) =>
    handlings.indexOf(properties.handling as Layer['handling']),
  );
  return ({ access, bbox, datetime, expression, cell }) => {
    if (expression) {
      const detail = `What is shown of "${layer.id}" is not saved yet, and takes no filter: leave it out, or save first.`;
      throw new InvalidParameter([{ parameter: 'filter', detail }]);
    }
    const allowed = handlings.map((handling) => access.handling.includes(handling));
    const conditions: Condition[] = [(index) => allowed[handled[index] as number] as boolean];
    if (datetime && layer.time !== null) {
      const begins = datetime.from === null ? -Infinity : Date.parse(datetime.from);
      const ends = datetime.to === null ? Infinity : Date.parse(datetime.to);
      conditions.push((index) => (from[index] as number) < ends && (to[index] as number) > begins);
    }
    if (cell !== undefined) conditions.push(isInCell(records, cell));
    if (bbox) conditions.push(meetsAnyBox(layer, records, bbox));
    return (index) => conditions.every((condition) => condition(index));
  };
}

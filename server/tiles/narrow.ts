import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { canEvaluate, evaluate } from '../core/cql2/evaluate.ts';
import { propertiesOf } from '../core/cql2/properties.ts';
import { toDays, toMonths } from '../core/interval.ts';
import { tileFields } from '../core/layer.ts';
import { parseTileCounts } from '../core/tile-counts.ts';
import { narrowHexagons } from '../encode/narrow/hexagons.ts';
import { narrowRecords } from '../encode/narrow/records.ts';
import { type Filter, isAboutStored } from '../query/filter.ts';
import type { StoredTile } from './files/open.ts';
import type { StoredPart } from './stored.ts';

/** Makes the narrower tile; null when the stored one does not tell enough. */
export type Narrow = (tile: StoredTile) => Promise<Uint8Array | null>;

const decompress = promisify(gunzip);
/** The way to another thread and back takes longer than unpacking little. */
export const unpack = (bytes: Buffer) => (bytes.length < 32_768 ? gunzipSync(bytes) : decompress(bytes));

type KindTest = (kind: string | null) => boolean;

/** The filter as a test of a record's kind, or null when it asks for anything else. */
function kindTest({ layer }: StoredPart, { expression }: Filter): KindTest | null {
  if (!expression) return () => true;
  const { predicate } = expression;
  if (!canEvaluate(predicate) || propertiesOf(predicate).some((name) => name !== layer.kind)) return null;
  return (kind) => evaluate(predicate, () => kind) === true;
}

/**
 * How to answer a filter from the stored tile: it may ask for kinds, and for whole months of hexagons or whole days of
 * records. Null: only the database can tell.
 */
export function narrowing(part: StoredPart, filter: Filter): Narrow | null {
  const { layer, family } = part;
  const isKind = kindTest(part, filter);
  if (!isAboutStored(filter) || !isKind) return null;
  const datetime = (layer.time === null ? undefined : filter.datetime) ?? null;
  if (family === 'hexes') {
    const months = datetime && toMonths(datetime);
    if (datetime && !months) return null;
    return async ({ mvt, counts }) => {
      if (!counts) return null;
      return narrowHexagons(layer, await unpack(mvt), parseTileCounts(counts), { months, isKind });
    };
  }
  const days = datetime && toDays(datetime);
  const isTold = !filter.expression || tileFields(layer).some(({ name }) => name === layer.kind);
  if ((datetime && !days) || !isTold) return null;
  return async ({ mvt }) => narrowRecords(layer, await unpack(mvt), { days, isKind });
}

import type { Layer } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';
import type { Attributes } from './attributes.ts';
import type { Condition } from './matches.ts';

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What is said of the records of a cell: their number, and what the tile says; null when there is none. */
type Count = (inside: Uint32Array, matches: Condition) => { count: number; attributes: Attributes } | null;

/**
 * Counts and sums some of the records and finds the commonest kind: of equally common ones the first by its bytes, and
 * none last, as `hexRows` of server/query/tile.ts has it.
 */
export function counter(layer: Layer, records: readonly LayerRecord[]): Count {
  const kindOf = ({ properties }: LayerRecord) =>
    layer.kind === undefined ? null : ((properties[layer.kind] ?? null) as string | null);
  const known = [...new Set(records.map(kindOf))];
  const kinds = [...known.filter((kind) => kind !== null).sort(byBytes), null];
  const places = new Map(kinds.map((kind, place) => [kind, place]));
  const codes = Uint32Array.from(records, (record) => places.get(kindOf(record)) as number);
  const measures = layer.measures.map((name) => ({
    name,
    values: Float64Array.from(records, ({ properties }) => Number(properties[name] ?? 0)),
  }));
  return (inside, matches) => {
    const matched = inside.filter((index) => matches(index));
    if (matched.length === 0) return null;
    const counts = new Uint32Array(kinds.length);
    for (const index of matched) (counts[codes[index] as number] as number) += 1;
    const attributes: Attributes = { count: matched.length };
    for (const { name, values } of measures) {
      attributes[name] = Math.round(matched.reduce((sum, index) => sum + (values[index] as number), 0));
    }
    const dominant = kinds[counts.indexOf(Math.max(...counts))] ?? null;
    if (dominant !== null) attributes.dominant = dominant;
    return { count: matched.length, attributes };
  };
}

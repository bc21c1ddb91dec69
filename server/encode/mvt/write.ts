import { PbfWriter } from 'pbf';
import type { MvtFeature, MvtLayer, MvtValue } from './layer.ts';

const VERSION = 2;

/** Whole numbers as such, as `ST_AsMVT` has them. */
function writeValue(value: MvtValue, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value);
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(3, value);
  else if (value >= 0) pbf.writeVarintField(5, value);
  else pbf.writeSVarintField(6, value);
}

/** Each entry once, in the order in which they come. */
class Table<Entry> {
  readonly #places = new Map<Entry, number>();

  placeOf(entry: Entry): number {
    const known = this.#places.get(entry);
    if (known !== undefined) return known;
    this.#places.set(entry, this.#places.size);
    return this.#places.size - 1;
  }

  entries(): IterableIterator<Entry> {
    return this.#places.keys();
  }
}

function writeLayer({ name, extent, features }: MvtLayer, pbf: PbfWriter): void {
  const [keys, values] = [new Table<string>(), new Table<MvtValue>()];
  const writeFeature = ({ id, type, geometry, attributes }: MvtFeature, feature: PbfWriter) => {
    const tags: number[] = [];
    for (const key of Object.keys(attributes))
      tags.push(keys.placeOf(key), values.placeOf(attributes[key] as MvtValue));
    if (id !== undefined) feature.writeVarintField(1, id);
    feature.writePackedVarint(2, tags);
    feature.writeVarintField(3, type);
    feature.writeBytesField(4, geometry);
  };
  pbf.writeVarintField(15, VERSION);
  pbf.writeStringField(1, name);
  for (const feature of features) pbf.writeMessage(2, writeFeature, feature);
  for (const key of keys.entries()) pbf.writeStringField(3, key);
  for (const value of values.entries()) pbf.writeMessage(4, writeValue, value);
  pbf.writeVarintField(5, extent);
}

/** A tile with these layers. */
export function writeMvt(layers: readonly MvtLayer[]): Uint8Array {
  const pbf = new PbfWriter();
  for (const layer of layers) pbf.writeMessage(3, writeLayer, layer);
  return pbf.finish();
}

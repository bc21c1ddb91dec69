import { PbfReader } from 'pbf';
import type { MvtFeature, MvtLayer, MvtValue } from './layer.ts';

interface RawFeature {
  id: number | undefined;
  type: number;
  tags: number[];
  geometry: Uint8Array;
}

function readValue(pbf: PbfReader): MvtValue {
  let value: MvtValue = '';
  const end = pbf.readVarint() + pbf.pos;
  pbf.readFields(
    (tag) => {
      if (tag === 1) value = pbf.readString();
      else if (tag === 2) value = pbf.readFloat();
      else if (tag === 3) value = pbf.readDouble();
      else if (tag === 4) value = pbf.readVarint(true);
      else if (tag === 5) value = pbf.readVarint();
      else if (tag === 6) value = pbf.readSVarint();
      else if (tag === 7) value = pbf.readBoolean();
    },
    null,
    end,
  );
  return value;
}

function readFeature(tag: number, feature: RawFeature, pbf: PbfReader | undefined): void {
  const reader = pbf as PbfReader;
  if (tag === 1) feature.id = reader.readVarint();
  else if (tag === 2) feature.tags = reader.readPackedVarint();
  else if (tag === 3) feature.type = reader.readVarint();
  else if (tag === 4) feature.geometry = reader.readBytes();
}

function readLayer(pbf: PbfReader): MvtLayer {
  let [name, extent] = ['', 4096];
  const keys: string[] = [];
  const values: MvtValue[] = [];
  const raw: RawFeature[] = [];
  const end = pbf.readVarint() + pbf.pos;
  pbf.readFields(
    (tag) => {
      if (tag === 1) name = pbf.readString();
      else if (tag === 2)
        raw.push(pbf.readMessage(readFeature, { id: undefined, type: 0, tags: [], geometry: new Uint8Array() }));
      else if (tag === 3) keys.push(pbf.readString());
      else if (tag === 4) values.push(readValue(pbf));
      else if (tag === 5) extent = pbf.readVarint();
    },
    null,
    end,
  );
  const features = raw.map(({ id, type, tags, geometry }): MvtFeature => {
    const attributes: Record<string, MvtValue> = {};
    for (let k = 0; k < tags.length; k += 2) {
      attributes[keys[tags[k] as number] as string] = values[tags[k + 1] as number] as MvtValue;
    }
    return { id, type, geometry, attributes };
  });
  return { name, extent, features };
}

/** The layers of a tile; the bytes are kept as long as a feature of it is. */
export function readMvt(bytes: Uint8Array): MvtLayer[] {
  const pbf = new PbfReader(bytes);
  const layers: MvtLayer[] = [];
  pbf.readFields((tag) => {
    if (tag === 3) layers.push(readLayer(pbf));
  }, null);
  return layers;
}

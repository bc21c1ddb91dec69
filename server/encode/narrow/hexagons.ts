import { contentLayerName, hexLayerName, type Layer } from '../../core/layer.ts';
import { type CountedPart, countCells, type ParsedCounts } from '../../core/tile-counts.ts';
import type { MvtFeature } from '../mvt/layer.ts';
import { readMvt } from '../mvt/read.ts';
import { writeMvt } from '../mvt/write.ts';
import { withMatched } from './content.ts';

/** A tile of hexagons counted anew; those left without a record are left out. No bytes when none is left. */
export function narrowHexagons(
  layer: Pick<Layer, 'id' | 'measures'>,
  tile: Uint8Array,
  counts: ParsedCounts,
  part: CountedPart,
): Uint8Array {
  const cells = countCells(counts, part);
  let matched = 0;
  const recount = (feature: MvtFeature): MvtFeature[] => {
    const counted = cells.get(feature.id ?? -1);
    if (!counted) return [];
    matched += counted.count;
    const { cell, resolution } = feature.attributes as { cell: string; resolution: number };
    const sums = Object.fromEntries(layer.measures.map((measure, index) => [measure, counted.sums[index] as number]));
    const dominant = counted.dominant === null ? {} : { dominant: counted.dominant };
    return [{ ...feature, attributes: { cell, resolution, count: counted.count, ...sums, ...dominant } }];
  };
  const layers = readMvt(tile);
  const hexagons = layers.find(({ name }) => name === hexLayerName(layer.id));
  const content = layers.find(({ name }) => name === contentLayerName(layer.id));
  const features = hexagons?.features.flatMap(recount) ?? [];
  if (!hexagons || !content || features.length === 0) return new Uint8Array();
  return writeMvt([{ ...hexagons, features }, withMatched(content, matched)]);
}

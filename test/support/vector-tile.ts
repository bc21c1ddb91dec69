import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

export interface DecodedFeature {
  readonly id: number | undefined;
  readonly type: string;
  readonly properties: Readonly<Record<string, number | string | boolean>>;
  /** Rings, lines or points in tile units. */
  readonly geometry: readonly (readonly { x: number; y: number }[])[];
}

const TYPES = ['Unknown', 'Point', 'LineString', 'Polygon'];

function toDecoded(feature: VectorTileFeature): DecodedFeature {
  const { id, type, properties } = feature;
  return {
    id,
    type: TYPES[type] ?? 'Unknown',
    properties,
    geometry: feature.loadGeometry().map((part) => part.map(({ x, y }) => ({ x, y }))),
  };
}

/** A Mapbox Vector Tile as plain objects, by name of the layer. */
export function decodeTile(bytes: Uint8Array): Record<string, DecodedFeature[]> {
  const tile = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(tile.layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => toDecoded(layer.feature(index))),
    ]),
  );
}

/** A tile as text that a person can review: a line for each feature, with its size rather than every vertex. */
export function printTile(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (const [name, features] of Object.entries(decodeTile(bytes))) {
    lines.push(`layer ${name}: ${features.length}`);
    for (const { id, type, properties, geometry } of features) {
      const points = geometry.flat();
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      const box = `${Math.min(...xs)},${Math.min(...ys)}..${Math.max(...xs)},${Math.max(...ys)}`;
      // The number of a version depends on when it was published.
      const attributes = Object.entries(properties).map(
        ([key, value]) => `${key}=${key === 'generation' ? '(version)' : JSON.stringify(value)}`,
      );
      const shape =
        type === 'Point' && points.length === 1
          ? `${xs[0]},${ys[0]}`
          : `${box} ${geometry.length} parts, ${points.length} vertices`;
      lines.push(`  ${id ?? '-'} ${type} ${shape} ${attributes.join(' ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

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

type Tile = Record<string, DecodedFeature[]>;
type Point = DecodedFeature['geometry'][number][number];

function distanceToStretch({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}

/** How far, in tile units, a vertex of one inside the tile's square lies at most from the outlines of the other. */
function farthest(one: DecodedFeature, other: DecodedFeature): number {
  const inside = one.geometry.flat().filter(({ x, y }) => Math.min(x, y) >= 0 && Math.max(x, y) <= 4096);
  const stretches = other.geometry.flatMap((line) => line.map((to, index) => [line[index - 1] ?? to, to] as const));
  return Math.max(
    0,
    ...inside.map((point) => Math.min(...stretches.map(([from, to]) => distanceToStretch(point, from, to)))),
  );
}

/**
 * Whether a feature shows more in the tile than what rounding decides: beyond the rim of its buffer, and six pixels wide
 * or high. (Of a shape with few steps of the grid the way of repair matters, and there are some that PostGIS cannot.)
 */
function isPlain({ geometry }: DecodedFeature): boolean {
  const [xs, ys] = [geometry.flat().map(({ x }) => x), geometry.flat().map(({ y }) => y)];
  const [west, north, east, south] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return Math.max(east - west, south - north) > 48 && east > -56 && west < 4152 && south > -56 && north < 4152;
}

/** All but the geometry, keys in the order of the alphabet. */
function describeFeature({ id, type, properties }: DecodedFeature): string {
  const sorted = Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([id, type, Object.fromEntries(sorted)]);
}

/**
 * Where two tiles differ, as text; empty when they hold the same features in the same order with the same attributes,
 * and no outline is farther from the other's than `units`. Of lines and polygons (`shapes`), what one tile shows at
 * the buffer's rim or within six pixels may be missing or small in the other.
 */
export function differences(actual: Tile, wanted: Tile, units: number, shapes = false): string[] {
  const plain = new Set(
    [actual, wanted].flatMap((tile) =>
      Object.values(tile)
        .flat()
        .filter(isPlain)
        .map(({ id }) => id),
    ),
  );
  const shown = (features: readonly DecodedFeature[] = [], others: readonly DecodedFeature[] = []) => {
    const inBoth = ({ id, type }: DecodedFeature) => others.some((other) => other.id === id && other.type === type);
    return shapes ? features.filter((feature) => plain.has(feature.id) || inBoth(feature)) : features;
  };
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(actual)])];
  return names.flatMap((name) => {
    const [ours, theirs] = [shown(actual[name], wanted[name]), shown(wanted[name], actual[name])];
    const [mine, yours] = [ours.map(describeFeature), theirs.map(describeFeature)];
    if (mine.join() !== yours.join()) {
      const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one)).join(' ');
      return [`${name}: ${without(mine, yours)} instead of ${without(yours, mine)}, or their order`];
    }
    return ours.flatMap((feature, index) => {
      const other = theirs[index] as DecodedFeature;
      const far = Math.max(farthest(feature, other), farthest(other, feature));
      return far > units ? [`${name} ${feature.id}: ${far} units off`] : [];
    });
  });
}

import { hexLayerName, type Layer } from '../../core/layer.ts';
import { partOf, type Scene } from './part.ts';
import { readShape } from './read-shape.ts';

/** How many records of a layer the picture shows, or that the hexagons in it count. */
export interface Shown {
  readonly layer: string;
  readonly count: number;
}

/** Whether one of the positions lies in the picture. */
function isInFrame(geometry: Uint8Array, scale: number, left: number, top: number, { frame }: Scene): boolean {
  const isIn = (x: number, y: number) => x >= 0 && y >= 0 && x < frame.width && y < frame.height;
  return readShape(geometry).some((ring) =>
    ring.some((x, n) => n % 2 === 0 && isIn(left + x * scale, top + (ring[n + 1] ?? 0) * scale)),
  );
}

/**
 * Counts what the picture shows of a layer in the clock's window: records by their numbers, hexagons by their cells with what
 * they count, each once however many tiles it lies in. Areas that only surround the picture have no corner in it and do not count.
 */
export function countShown(layer: Pick<Layer, 'id' | 'time'>, scene: Scene): Shown {
  const clock =
    layer.time === null
      ? {}
      : {
          filter: [
            'all',
            ['<', ['coalesce', ['get', 'valid_from'], -1e7], ['global-state', 'to']],
            ['>', ['coalesce', ['get', 'valid_to'], 1e7], ['global-state', 'from']],
          ],
        };
  const read = (name: string, rest: object) =>
    partOf({ id: name, type: 'fill', source: '', 'source-layer': name, ...rest } as never, scene);
  const [records, hexagons] = [read(layer.id, clock), read(hexLayerName(layer.id), {})];
  const counted = new Map<string, number>();
  for (const tile of scene.tiles) {
    for (const { part, isHexagon } of [
      { part: records, isHexagon: false },
      { part: hexagons, isHexagon: true },
    ]) {
      const scale = part.scaleIn(tile);
      for (const feature of part.featuresIn(tile)) {
        if (!isInFrame(feature.geometry, scale, tile.left, tile.top, scene)) continue;
        const key = isHexagon ? String(feature.attributes.cell) : `#${feature.id}`;
        counted.set(key, isHexagon ? Number(feature.attributes.count) : 1);
      }
    }
  }
  return { layer: layer.id, count: [...counted.values()].reduce((sum, count) => sum + count, 0) };
}

import type { Catalogue } from '../../core/catalogue.ts';
import type { Interval } from '../../core/interval.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import { frameOf } from '../../encode/picture/frame.ts';
import type { Access } from '../../query/filter.ts';
import { parseLayerIds, parseParams } from '../params.ts';
import type { PictureView } from './make-picture.ts';
import { PICTURE_PARAMS } from './picture-params.ts';

const DAY = 86_400_000;

/** The window that the map opens with, both ends included, as the half-open span that queries take. */
function openingWindow({ window }: MapSettings): Interval {
  const end = new Date(Date.parse(`${window.to}T00:00:00Z`) + DAY);
  return { from: `${window.from}T00:00:00.000Z`, to: end.toISOString() };
}

/**
 * What an address asks to see; where it says nothing, the map as it opens.
 * @throws InvalidParameter, VersionNotKept
 */
export function readView(catalogue: Catalogue, map: MapSettings, address: string, access: Access): PictureView {
  const asked = parseParams(address, ['lang', 'theme', 'known_at'], PICTURE_PARAMS);
  const { width, height } = asked;
  const opening = catalogue.layers.filter(({ visible }) => visible).map(({ id }) => id);
  const known = new Set(catalogue.layers.map(({ id }) => id));
  // A link outlives a layer: what is gone is left out, as on the map.
  const ids = asked.layers === undefined ? opening : asked.layers.split(',').filter((id) => known.has(id));
  return {
    frame: asked.map ? { ...asked.map, width, height } : frameOf(map.bounds, { width, height }),
    layers: ids.length === 0 ? [] : parseLayerIds(catalogue, ids.join(), asked.known_at),
    window: asked.time ?? openingWindow(map),
    language: asked.lang,
    theme: asked.theme,
    access,
    knownBefore: asked.known_at,
  };
}

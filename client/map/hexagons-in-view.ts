import { isPicked, layerOf } from '../map-style.ts';
import { countOf } from './count-of.ts';
import { type Box, boxOf, joined } from './feature-box.ts';
import { hexLayer } from './hex-layer.ts';
import { mainMap } from './main-map.ts';

/** A hexagon as the map draws it. */
export interface HexagonInView {
  /** H3 index. */
  readonly cell: string;
  /** With which it is drawn. */
  readonly count: number;
  /** The middle of what is in view of it, degrees. */
  readonly lon: number;
  readonly lat: number;
  /** The nearest place whose name the map has here, and how far it is; null where it has none. */
  readonly near: { readonly place: string; readonly km: number } | null;
}

const EARTH_KM = 6371.0088;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** On the sphere: the middle of a hexagon is known no better than that. */
function kmBetween(one: { lon: number; lat: number }, other: { lon: number; lat: number }): number {
  const x = radians(other.lon - one.lon) * Math.cos(radians((one.lat + other.lat) / 2));
  return EARTH_KM * Math.hypot(x, radians(other.lat - one.lat));
}

/** Those of a layer that count something in the window, the fullest first; empty where it is drawn as records. */
export function hexagonsInView(layer: string, language: 'en' | 'fr'): HexagonInView[] {
  const map = mainMap?.map;
  if (!map) return [];
  const layers = map
    .getStyle()
    .layers.filter((each) => isPicked(each) && layerOf(each) === layer && each.layout?.visibility !== 'none')
    .map(({ id }) => id);
  const found = layers.length === 0 ? [] : map.queryRenderedFeatures({ layers });
  const boxes = new Map<string, { count: number; box: Box }>();
  for (const feature of found) {
    if (feature.sourceLayer !== hexLayer(layer)) continue;
    const cell = String(feature.properties.cell);
    const count = countOf(layer, feature, map.getGlobalState());
    const before = boxes.get(cell)?.box;
    // One that a tile's edge cuts comes in parts.
    const box = boxOf(feature.geometry);
    if (count > 0) boxes.set(cell, { count, box: before ? joined(box, before) : box });
  }
  const places = placesHere(language);
  return [...boxes]
    .map(
      ([
        cell,
        {
          count,
          box: [west, south, east, north],
        },
      ]) => {
        const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
        return { cell, count, ...middle, near: nearest(middle, places) };
      },
    )
    .sort((a, b) => b.count - a.count || b.lat - a.lat);
}

interface Place {
  readonly place: string;
  readonly lon: number;
  readonly lat: number;
}

/** Of the tiles that are loaded: at each zoom the places that are large enough for it. */
function placesHere(language: 'en' | 'fr'): Place[] {
  const map = mainMap?.map;
  if (!map?.getSource('base-map')) return [];
  return map.querySourceFeatures('base-map', { sourceLayer: 'places' }).flatMap(({ geometry, properties }) => {
    if (geometry.type !== 'Point') return [];
    const { name, name_fr: french } = properties as { readonly name?: string; readonly name_fr?: string };
    const [lon = 0, lat = 0] = geometry.coordinates;
    const place = (language === 'fr' ? french : name) ?? name ?? '';
    return place === '' ? [] : [{ place, lon, lat }];
  });
}

function nearest(middle: { lon: number; lat: number }, places: readonly Place[]): HexagonInView['near'] {
  let best: HexagonInView['near'] = null;
  for (const each of places) {
    const km = kmBetween(middle, each);
    if (best === null || km < best.km) best = { place: each.place, km };
  }
  return best;
}

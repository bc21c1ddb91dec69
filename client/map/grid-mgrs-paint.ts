import type { Map as MapLibre } from 'maplibre-gl';
import { mgrs } from '../search/mgrs-package.ts';
import { fromUtm, toUtm, zoneOf } from '../search/utm.ts';
import { type FreeSpace, freeSpace } from './free-space.ts';
import { overlayColors, paintText } from './overlay-colors.ts';

/** Metres between lines from a zoom on; below the first only zones and bands are drawn. */
const SPACINGS = [
  { zoom: 11.5, metres: 1_000 },
  { zoom: 8.2, metres: 10_000 },
  { zoom: 5.5, metres: 100_000 },
] as const;
const SQUARE = 100_000;
/** MGRS ends here; beyond are other squares. */
const [SOUTHMOST, NORTHMOST] = [-80, 84];
/** A line is bent: it is drawn in so many pieces. */
const PIECES = 12;
/** Pixels across a square in which its letters have room. */
const ROOM = 48;

/** Part of a zone on one side of the equator, in degrees. */
interface Part {
  readonly zone: number;
  readonly isNorth: boolean;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Zones and bands, and within each zone its squares, cut off where the next zone begins. */
export function paintMgrs(context: CanvasRenderingContext2D, map: MapLibre): void {
  const free = freeSpace(map.getContainer());
  const spacing = SPACINGS.find(({ zoom }) => map.getZoom() >= zoom)?.metres ?? null;
  context.strokeStyle = overlayColors().line;
  if (spacing !== null) for (const part of partsInView(map)) paintPart(context, map, part, spacing, free);
  paintZones(context, map, spacing === null);
}

function partsInView(map: MapLibre): Part[] {
  const bounds = map.getBounds();
  const [south, north] = [Math.max(SOUTHMOST, bounds.getSouth()), Math.min(NORTHMOST, bounds.getNorth())];
  const parts: Part[] = [];
  const [first, last] = [zoneOf(Math.max(-180, bounds.getWest())), zoneOf(Math.min(180, bounds.getEast()))];
  for (let zone = first; zone <= last; zone += 1) {
    const west = Math.max(zone * 6 - 186, bounds.getWest());
    const east = Math.min(zone * 6 - 180, bounds.getEast());
    if (north > 0) parts.push({ zone, isNorth: true, west, east, south: Math.max(0, south), north });
    if (south < 0) parts.push({ zone, isNorth: false, west, east, south, north: Math.min(-1e-9, north) });
  }
  return parts;
}

function paintPart(context: CanvasRenderingContext2D, map: MapLibre, part: Part, spacing: number, free: FreeSpace) {
  const { zone, isNorth, west, east, south, north } = part;
  const across = [west, (west + east) / 2, east];
  const corners = across.flatMap((lon) => [south, (south + north) / 2, north].map((lat) => toUtm(lon, lat, zone)));
  const easts = corners.map((corner) => corner.east);
  const norths = corners.map((corner) => corner.north);
  const [left, right] = [Math.min(...easts), Math.max(...easts)];
  const [low, high] = [Math.min(...norths), Math.max(...norths)];
  const at = (x: number, y: number) => map.project([...fromUtm({ east: x, north: y }, zone, isNorth)]);
  const line = (from: readonly [number, number], to: readonly [number, number]) => {
    for (let piece = 0; piece <= PIECES; piece += 1) {
      const share = piece / PIECES;
      const point = at(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
      if (piece === 0) context.moveTo(point.x, point.y);
      else context.lineTo(point.x, point.y);
    }
  };
  const upper = map.project([west, north]);
  const lower = map.project([east, south]);
  context.save();
  // Meridians are upright lines on this map, so that the zone is a box.
  context.beginPath();
  context.rect(upper.x, upper.y, lower.x - upper.x, lower.y - upper.y);
  context.clip();
  const multiples = (from: number, to: number) => {
    const count = Math.floor(to / spacing) - Math.ceil(from / spacing) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, index) => (Math.ceil(from / spacing) + index) * spacing);
  };
  for (const isSquareEdge of [false, true]) {
    context.beginPath();
    context.lineWidth = isSquareEdge ? 1.5 : 0.75;
    for (const x of multiples(left, right)) if ((x % SQUARE === 0) === isSquareEdge) line([x, low], [x, high]);
    for (const y of multiples(low, high)) if ((y % SQUARE === 0) === isSquareEdge) line([left, y], [right, y]);
    context.stroke();
  }
  paintSquareNames(context, map, part, { left, right, low, high }, at);
  if (spacing < SQUARE) {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const digits = (metres: number) =>
      String(Math.floor((metres % SQUARE) / spacing)).padStart(spacing === 1_000 ? 2 : 1, '0');
    const { lat: top } = map.unproject([width / 2, free.top + 12]);
    const { lng: side } = map.unproject([width - free.right - 16, height / 2]);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const x of multiples(left, right)) {
      const point = at(x, toUtm((west + east) / 2, Math.min(north, Math.max(south, top)), zone).north);
      if (point.x > free.left + 48 && point.x < width - free.right - 48)
        paintText(context, digits(x), point.x, free.top + 12);
    }
    for (const y of multiples(low, high)) {
      const point = at(toUtm(Math.min(east, Math.max(west, side)), (south + north) / 2, zone).east, y);
      if (point.y > free.top + 32 && point.y < height - free.bottom - 8)
        paintText(context, digits(y), width - free.right - 16, point.y);
    }
  }
  context.restore();
}

/** The two letters of each square of 100 km, in the middle of what is seen of it. */
function paintSquareNames(
  context: CanvasRenderingContext2D,
  map: MapLibre,
  { zone, isNorth, west, east, south, north }: Part,
  { left, right, low, high }: Record<'left' | 'right' | 'low' | 'high', number>,
  at: (x: number, y: number) => { x: number; y: number },
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let x = Math.floor(left / SQUARE) * SQUARE; x < right; x += SQUARE) {
    for (let y = Math.floor(low / SQUARE) * SQUARE; y < high; y += SQUARE) {
      const middle = {
        east: (Math.max(x, left) + Math.min(x + SQUARE, right)) / 2,
        north: (Math.max(y, low) + Math.min(y + SQUARE, high)) / 2,
      };
      const [lon, lat] = fromUtm(middle, zone, isNorth);
      if (lon <= west || lon >= east || lat <= south || lat >= north) continue;
      const point = map.project([lon, lat]);
      const one = at(Math.max(x, left), middle.north).x;
      const other = at(Math.min(x + SQUARE, right), middle.north).x;
      if (Math.abs(other - one) < ROOM) continue;
      paintText(context, mgrs.forward([lon, lat], 0).slice(-2), point.x, point.y);
    }
  }
}

/** Edges of zones and bands; their names where nothing smaller is drawn. */
function paintZones(context: CanvasRenderingContext2D, map: MapLibre, isNamed: boolean): void {
  const bounds = map.getBounds();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const [west, east] = [Math.max(-180, bounds.getWest()), Math.min(180, bounds.getEast())];
  const [south, north] = [Math.max(SOUTHMOST, bounds.getSouth()), Math.min(NORTHMOST, bounds.getNorth())];
  context.lineWidth = 2;
  context.beginPath();
  for (let lon = Math.ceil(west / 6) * 6; lon <= east; lon += 6) {
    const { x } = map.project([lon, 0]);
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  const bands = Array.from({ length: 21 }, (_, index) => (index === 20 ? NORTHMOST : SOUTHMOST + index * 8));
  for (const lat of bands) {
    if (lat < south || lat > north) continue;
    const { y } = map.project([west, lat]);
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
  if (!isNamed) return;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let lon = Math.floor(west / 6) * 6 + 3; lon < east + 3; lon += 6) {
    for (const [index, from] of bands.slice(0, -1).entries()) {
      const lat = (from + (bands[index + 1] as number)) / 2;
      const { x, y } = map.project([lon, lat]);
      const isSeen = x > 0 && y > 0 && x < width && y < height;
      if (isSeen) paintText(context, /^\d+[A-Z]/.exec(mgrs.forward([lon, lat], 0))?.[0] ?? '', x, y);
    }
  }
}

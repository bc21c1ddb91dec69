import type { Geometry, Position } from 'geojson';
import type { Bbox } from '../../core/bbox.ts';
import { placeNames } from './country-names.ts';
import { type Html, html } from './html.ts';
import { OUTLINE_STEPS, OUTLINES } from './outlines.ts';

/** A view is at least so many degrees across, so that one point still shows which country it is in. */
const MIN_DEGREES = 8;
/** Room around what is shown, as a part of its size. */
const MARGIN = 0.12;
/** Drawings are so much wider than tall. */
const RATIO = 1.5;
/** More vertices than this on a page would weigh more than its text. */
const MAX_VERTICES = 20_000;

export interface MapParts {
  /** What is shown, in degrees; the view is fitted to it and to the shapes. */
  readonly bbox?: Bbox | null;
  /** Whether that box is drawn too. */
  readonly hasExtent?: boolean;
  readonly shapes?: readonly (Geometry | null)[];
  /** What the drawing shows, for who cannot see it. */
  readonly label: string;
}

/** In degrees from the equator to the south, x shortened as at the middle of the view. */
interface View {
  readonly scale: number;
  readonly west: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  if (geometry.type === 'Point') return [geometry.coordinates];
  if (geometry.type === 'MultiPoint' || geometry.type === 'LineString') return geometry.coordinates;
  if (geometry.type === 'MultiLineString' || geometry.type === 'Polygon') return geometry.coordinates.flat();
  return geometry.coordinates.flat(2);
}

function boxOf(positions: readonly Position[]): Bbox | undefined {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lon = 0, lat = 0] of positions) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return positions.length > 0 ? box : undefined;
}

function viewOf(boxes: readonly Bbox[]): View {
  const [west, south, east, north] = [
    Math.min(...boxes.map((box) => box.west)),
    Math.min(...boxes.map((box) => box.south)),
    Math.max(...boxes.map((box) => box.east)),
    Math.max(...boxes.map((box) => box.north)),
  ];
  const scale = Math.max(Math.cos((((south + north) / 2) * Math.PI) / 180), 0.2);
  const grown = (size: number) => Math.max(size * (1 + 2 * MARGIN), MIN_DEGREES);
  const [wide, tall] = [grown((east - west) * scale), grown(north - south)];
  const width = Math.max(wide, tall * RATIO);
  const height = width / RATIO;
  return {
    scale,
    width,
    height,
    west: ((west + east) / 2) * scale - width / 2,
    top: -(south + north) / 2 - height / 2,
  };
}

const short = (number: number) => String(Math.round(number * 1000) / 1000);

/** Straight degrees, as GeoJSON has it; the drawing stretches them. */
const place = ([lon = 0, lat = 0]: Position) => `${short(lon)} ${short(-lat)}`;
const drawLine = (line: readonly Position[]) => `M${line.map(place).join('L')}`;

function draw(geometry: Geometry, view: View): Html | readonly Html[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap((part) => draw(part, view));
  if (geometry.type === 'Point' || geometry.type === 'MultiPoint') {
    const points = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates;
    const radius = view.width / 110;
    return points.map(
      ([lon = 0, lat = 0]) =>
        html`<ellipse class="mark point" cx="${short(lon)}" cy="${short(-lat)}" rx="${short(radius / view.scale)}" ry="${short(radius)}" vector-effect="non-scaling-stroke"/>`,
    );
  }
  if (geometry.type === 'LineString' || geometry.type === 'MultiLineString') {
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    return html`<path class="mark line" d="${lines.map(drawLine).join('')}" vector-effect="non-scaling-stroke"/>`;
  }
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  return html`<path class="mark" d="${rings.map((ring) => `${drawLine(ring)}z`).join('')}" fill-rule="evenodd" vector-effect="non-scaling-stroke"/>`;
}

/** The countries around, where they touch the view. */
function land({ scale, west, top, width, height }: View): Html {
  const [from, to] = [(west / scale) * OUTLINE_STEPS, ((west + width) / scale) * OUTLINE_STEPS];
  const [first, last] = [top * OUTLINE_STEPS, (top + height) * OUTLINE_STEPS];
  const seen = OUTLINES.filter(([, [w, n, e, s]]) => w <= to && e >= from && n <= last && s >= first);
  const names = placeNames({ west: from, east: to, north: first, south: last });
  const size = (width / 42) * OUTLINE_STEPS;
  return html`<g transform="scale(${1 / OUTLINE_STEPS})"><path class="land" d="${seen.map(([, , path]) => path).join('')}" vector-effect="non-scaling-stroke"/>
${names.map(({ name, x, y }) => html`<text class="name" x="${short(x)}" y="${short(y)}" font-size="${short(size)}">${name}</text>`)}</g>`;
}

/**
 * A small map as a drawing, degrees as they are, over the outlines of the countries. Without anything to show there is
 * none. Shapes beyond `MAX_VERTICES` vertices in all are left out, the first ones stay.
 */
export function svgMap({ bbox, hasExtent = false, shapes = [], label }: MapParts): Html | undefined {
  let vertices = 0;
  const drawn = shapes.filter((shape): shape is Geometry => {
    if (shape === null) return false;
    vertices += positionsOf(shape).length;
    return vertices <= MAX_VERTICES;
  });
  const around = boxOf(drawn.flatMap(positionsOf));
  const boxes = [...(bbox ? [bbox] : []), ...(around ? [around] : [])];
  if (boxes.length === 0) return undefined;
  const view = viewOf(boxes);
  const extent =
    hasExtent &&
    bbox &&
    html`<rect class="extent" x="${short(bbox.west)}" y="${short(-bbox.north)}" width="${short(bbox.east - bbox.west)}" height="${short(bbox.north - bbox.south)}" vector-effect="non-scaling-stroke"/>`;
  const size = [view.west, view.top, view.width, view.height].map(short).join(' ');
  return html`<svg class="map" viewBox="${size}" role="img" aria-label="${label}"><g transform="scale(${short(view.scale)} 1)">
${land(view)}
${extent}${drawn.map((shape) => draw(shape, view))}
</g></svg>`;
}

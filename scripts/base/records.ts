import { writeFileSync } from 'node:fs';
import { rewind } from '@turf/turf';
import type { Feature, Geometry, MultiPolygon, Polygon, Position } from 'geojson';

/** The day on which the data set learned what it says. */
const RECORDED_AT = '2026-11-21';

/** A record before it has its number: the layer's own fields and what is particular to it. */
export interface Draft {
  record_id: string;
  geometry: Geometry;
  fields: Record<string, string | number | null>;
  confidence: 'documented' | 'approximate';
  precision_m: number;
  source: string;
  locator: string;
  note: string | null;
}

/** Degrees with four decimals (11 m): finer than any of the sources. */
const round = (value: number): number => Math.round(value * 1e4) / 1e4 + 0;

function roundLine(line: readonly Position[]): Position[] {
  const rounded = line.map(([x = 0, y = 0]): Position => [round(x), round(y)]);
  return rounded.filter(([x, y], i) => i === 0 || x !== rounded[i - 1]?.[0] || y !== rounded[i - 1]?.[1]);
}

function roundGeometry(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: geometry.coordinates.map(round) };
    case 'LineString':
      return { type: 'LineString', coordinates: roundLine(geometry.coordinates) };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: geometry.coordinates.map(roundLine) };
    case 'Polygon':
    case 'MultiPolygon':
      return wind(geometry);
    default:
      throw new Error(`the base map has no ${geometry.type}`);
  }
}

function wind(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const kept = polygons
    .map((rings) => rings.map(roundLine).filter((ring) => ring.length > 3))
    .filter((rings) => rings.length > 0);
  const rounded: Polygon | MultiPolygon =
    kept.length === 1 && kept[0]
      ? { type: 'Polygon', coordinates: kept[0] }
      : { type: 'MultiPolygon', coordinates: kept };
  return rewind(rounded, { mutate: false }) as Polygon | MultiPolygon;
}

/** Drafts as numbered features, in the order of their permanent names. */
function toFeatures(drafts: readonly Draft[]): Feature[] {
  const ordered = drafts.toSorted((a, b) => (a.record_id < b.record_id ? -1 : 1));
  return ordered.map((draft, index) => ({
    type: 'Feature',
    id: index + 1,
    properties: {
      ...draft.fields,
      record_id: draft.record_id,
      valid_from: null,
      valid_to: null,
      date_precision: null,
      confidence: draft.confidence,
      precision_m: draft.precision_m,
      source: draft.source,
      locator: draft.locator,
      note: draft.note,
      handling: 'public',
      recorded_at: RECORDED_AT,
    },
    geometry: roundGeometry(draft.geometry),
  }));
}

/** One feature per line, so that a change can be read as a difference. Returns the size in bytes. */
export function writeRecords(path: string, drafts: readonly Draft[]): number {
  const lines = toFeatures(drafts).map((one) => JSON.stringify(one));
  const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
  writeFileSync(path, text);
  return Buffer.byteLength(text);
}

/** `Ségou` as `segou`: letters and digits without accents, joined by hyphens. */
export function slug(name: string): string {
  return plain(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Lower case without accents, for comparing names. */
export function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

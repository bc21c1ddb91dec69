import type { Geometry, Position } from 'geojson';
import { z } from 'zod';
import { type Field, type Layer, recordFields } from '../../core/layer.ts';
import { isStorable } from '../../core/storable-text.ts';
import { examine } from '../../ingest/examine.ts';

/** What is wrong with a record, by the codes of an upload's issues. Errors keep it out, warnings ask for a look. */
export interface RecordIssue {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** JSON pointer inside the feature. */
  readonly pointer: string;
  readonly detail: string;
}

interface Given {
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface CheckedRecord {
  /** Mended where that could be done without guessing: rings closed and turned. Null: there is none that could be read. */
  readonly geometry: Geometry | null;
  readonly issues: readonly RecordIssue[];
}

const KIND = { point: 'a point', line: 'a line', polygon: 'an area' } as const;
const REQUIRED = new Set(['record_id', 'confidence', 'precision_m', 'source', 'locator', 'handling', 'recorded_at']);
const [LONGEST_TEXT, LONGEST_ID] = [10_000, 200];
const UNSTORABLE = 'A text has neither NUL nor half a character in it.';

// Heights are read and dropped.
const position = z
  .array(z.number())
  .min(2)
  .max(3)
  .transform(([lon, lat]) => [lon, lat] as Position);
const path = z.array(position).min(2);
const rings = z.array(z.array(position).min(3)).min(1);
const shape = <T extends string, C extends z.ZodType>(type: T, coordinates: C) =>
  z.object({ type: z.literal(type), coordinates });
const SHAPES = {
  point: shape('Point', position),
  line: z.union([shape('LineString', path), shape('MultiLineString', z.array(path).min(1))]),
  polygon: z.union([shape('Polygon', rings), shape('MultiPolygon', z.array(rings).min(1))]),
} as const;
const TYPES: Readonly<Record<Layer['geometry'], readonly string[]>> = {
  point: ['Point'],
  line: ['LineString', 'MultiLineString'],
  polygon: ['Polygon', 'MultiPolygon'],
};

const error = (code: string, pointer: string, detail: string): RecordIssue => ({
  ...{ code, severity: 'error', pointer, detail },
});

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // PostgreSQL has no year 0.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) && text >= '0001';
}

function isInstant(value: unknown): boolean {
  const parsed = z.iso.datetime({ offset: true }).safeParse(value);
  // Nor has it offsets of 16 hours.
  return parsed.success && parsed.data >= '0001' && Number(/[+-](\d\d):\d\d$/.exec(parsed.data)?.[1] ?? 0) < 16;
}

function checkValue(field: Field, value: unknown): RecordIssue | null {
  const pointer = `/properties/${field.name}`;
  const issue = (code: string, detail: string) => error(code, pointer, detail);
  const isListed = (text: unknown) => field.values?.some((each) => each.value === text) ?? true;
  const list = field.values?.map((each) => each.value).join(', ');
  switch (field.type) {
    case 'string':
      if (typeof value !== 'string') return issue('not-a-text', `"${field.name}" is a text.`);
      if (!isStorable(value)) return issue('not-a-text', UNSTORABLE);
      if (!isListed(value)) return issue('category-unknown', `"${field.name}" is one of ${list}.`);
      if (value.length > (field.name === 'record_id' ? LONGEST_ID : LONGEST_TEXT))
        return issue('value-too-long', `"${field.name}" takes ${LONGEST_TEXT} characters, an id ${LONGEST_ID}.`);
      return null;
    case 'strings':
      if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || each === ''))
        return issue('not-a-text', `"${field.name}" is a list of texts.`);
      if (!value.every(isStorable)) return issue('not-a-text', UNSTORABLE);
      return value.every(isListed) ? null : issue('category-unknown', `"${field.name}" takes ${list}.`);
    case 'integer':
      return Number.isSafeInteger(value)
        ? null
        : issue('number-invalid', `This is no whole number, and "${field.name}" takes nothing else.`);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? null
        : issue('number-invalid', `This is no number, and "${field.name}" takes nothing else.`);
    case 'boolean':
      return typeof value === 'boolean' ? null : issue('category-unknown', 'This is neither yes nor no.');
    case 'date':
      return typeof value === 'string' && isDay(value)
        ? null
        : issue('date-invalid', 'This is no day of the calendar. Expected such as 2022-03-04.');
    case 'datetime':
      return isInstant(value)
        ? null
        : issue('date-invalid', 'This is no instant. Expected such as 2022-03-04T06:00:00Z.');
  }
}

function checkProperties(layer: Layer, properties: Given['properties'], today: string): RecordIssue[] {
  const fields = recordFields(layer);
  const unknown = Object.keys(properties).filter((name) => !fields.some((field) => field.name === name));
  const issues = unknown.map((name) =>
    error('field-unknown', `/properties/${name.slice(0, 60)}`, `The layer has no field "${name.slice(0, 60)}".`),
  );
  for (const field of fields) {
    const value = properties[field.name] ?? null;
    const needed = REQUIRED.has(field.name) || (field.name === 'valid_from' && layer.time === 'instant');
    if (value === null || (needed && value === '')) {
      if (!needed) continue;
      const code = field.name === 'valid_from' ? 'date-invalid' : 'value-missing';
      issues.push(error(code, `/properties/${field.name}`, `Every record of this layer has "${field.name}".`));
      continue;
    }
    const issue = checkValue(field, value);
    if (issue) issues.push(issue);
  }
  const { valid_from: from, valid_to: to, precision_m: precision } = properties;
  const isSound = (value: unknown): value is string => typeof value === 'string' && isDay(value);
  if (isSound(from) && isSound(to) && from >= to)
    issues.push(error('interval-reversed', '/properties/valid_to', 'The record ends before it begins.'));
  if (layer.time !== null && isSound(from) && from > today) {
    const detail = `The date is after ${today}. Look whether day, month and year are in the right order.`;
    issues.push({ ...error('date-future', '/properties/valid_from', detail), severity: 'warning' });
  }
  if (typeof precision === 'number' && precision < 0)
    issues.push(
      error('number-invalid', '/properties/precision_m', 'Metres from 0 on: how far off the position may be.'),
    );
  return issues;
}

function* positionsOf(coordinates: unknown): Generator<Position> {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === 'number') yield coordinates as Position;
  else for (const part of coordinates) yield* positionsOf(part);
}

/** As for uploads: a warning where the box of a shape does not touch the area of its layer. */
function checkArea({ area }: Layer, geometry: Exclude<Geometry, { type: 'GeometryCollection' }>): RecordIssue[] {
  if (!area) return [];
  const [west, south, east, north] = area;
  const all = [...positionsOf(geometry.coordinates)];
  const [lons, lats] = [all.map(([lon = 0]) => lon), all.map(([, lat = 0]) => lat)];
  const ends = (values: readonly number[]) =>
    values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const, [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as readonly [number, number]);
  const [[left, right], [bottom, top]] = [ends(lons), ends(lats)];
  const meets = (from: number, to: number) => left <= to && right >= from;
  const isInside =
    top >= south && bottom <= north && (west <= east ? meets(west, east) : meets(west, 180) || meets(-180, east));
  if (isInside) return [];
  const detail = `The layer is about the area from longitude ${west} to ${east} and from latitude ${south} to ${north}, and this lies outside.`;
  return [{ ...error('area-outside', '/geometry', detail), severity: 'warning' }];
}

function checkGeometry(layer: Layer, given: unknown, today: string): CheckedRecord {
  const type = typeof given === 'object' && given !== null && 'type' in given ? given.type : null;
  if (given === null || given === undefined)
    return {
      geometry: null,
      issues: [error('geometry-missing', '/geometry', 'A record of a layer is somewhere: place it.')],
    };
  if (!TYPES[layer.geometry].includes(String(type))) {
    const detail = `Each record of this layer is ${KIND[layer.geometry]}: ${TYPES[layer.geometry].join(' or ')}.`;
    return { geometry: null, issues: [error('wrong-geometry', '/geometry', detail)] };
  }
  const parsed = SHAPES[layer.geometry].safeParse(given);
  if (!parsed.success) {
    const detail = 'The coordinates cannot be read. A position is two numbers: longitude, then latitude.';
    return { geometry: null, issues: [error('coordinates', '/geometry', detail)] };
  }
  const geometry = parsed.data as Exclude<Geometry, { type: 'GeometryCollection' }>;
  const source = { index: 1, place: {}, id: null, geometry, properties: {} };
  const { feature, issues } = examine(source, { today, inDegrees: true });
  const told = issues.map(({ code, severity, place, detail }) => ({
    ...{ code, severity, detail, pointer: place.pointer ?? '/geometry' },
  }));
  const mended = feature.geometry as typeof geometry;
  return { geometry: mended, issues: [...told, ...checkArea(layer, mended)] };
}

/**
 * Looks at a record that a person brings, as at one of a file: its geometry by RFC 7946, the area of the layer, its values
 * by their fields, its dates. `today` is `YYYY-MM-DD`. Whether a shape crosses itself only PostGIS can tell.
 */
export function checkRecord(layer: Layer, { geometry, properties }: Given, today: string): CheckedRecord {
  const shaped = checkGeometry(layer, geometry, today);
  return { geometry: shaped.geometry, issues: [...shaped.issues, ...checkProperties(layer, properties, today)] };
}

import type { Geometry } from 'geojson';
import type { Issue, SourceFeature } from '../feature.ts';
import { checkGeometry } from '../geojson/geometry.ts';
import { LIMITS, type Limits } from '../source.ts';
import { toIssue } from '../text/issue.ts';
import { isAbsent } from './absent.ts';
import type { Location } from './location.ts';
import { parseCoordinate } from './parse-coordinate.ts';
import { parseMgrs } from './parse-mgrs.ts';
import { InvalidWkt, parseWkt } from './parse-wkt.ts';

export interface Located {
  /** With its geometry, null where the row gives none. Null: what the row says of its position is none, see the issues. */
  readonly feature: SourceFeature | null;
  readonly issues: readonly Issue[];
}

/** A cell that tells no position: what is wrong with it. */
interface CellFault {
  readonly code: string;
  readonly column: string;
  readonly detail: string;
}

type Found =
  | { readonly geometry: Geometry | null; readonly notes?: readonly CellFault[] }
  | { readonly fault: CellFault };

/**
 * Gives a table's row its geometry. Nothing is held against any range here: a latitude of 140 is for the checks.
 * @throws LimitExceeded
 */
export function locate(feature: SourceFeature, location: Location, limits: Limits = LIMITS): Located {
  const { index, properties } = feature;
  const said = (severity: Issue['severity'], { code, column, detail }: CellFault) =>
    toIssue({
      code,
      severity,
      index,
      place: { ...feature.place, pointer: column },
      value: properties[column] ?? null,
      detail,
    });
  const found = findGeometry(properties, location, limits);
  if ('fault' in found) {
    const severity = found.fault.code === 'position-incomplete' ? 'warning' : 'error';
    return { feature: severity === 'error' ? null : feature, issues: [said(severity, found.fault)] };
  }
  const issues = (found.notes ?? []).map((note) => said('note', note));
  return { feature: found.geometry ? { ...feature, geometry: found.geometry } : feature, issues };
}

function findGeometry(row: SourceFeature['properties'], location: Location, limits: Limits): Found {
  switch (location.type) {
    case 'lonlat':
      return fromPair(row, { x: location.lon, y: location.lat, axes: ['lon', 'lat'] });
    case 'xy':
      return fromPair(row, { x: location.x, y: location.y, axes: ['grid', 'grid'] });
    case 'wkt':
      return isAbsent(row[location.column])
        ? { geometry: null }
        : fromWkt(String(row[location.column]), location, limits);
    case 'mgrs':
      return isAbsent(row[location.column])
        ? { geometry: null }
        : fromMgrs(String(row[location.column]), location.column);
    case 'geojson':
      return isAbsent(row[location.column])
        ? { geometry: null }
        : fromGeojson(row[location.column], location.column, limits);
  }
}

interface Pair {
  readonly x: string;
  readonly y: string;
  readonly axes: readonly ['lon', 'lat'] | readonly ['grid', 'grid'];
}

function fromPair(row: SourceFeature['properties'], { x, y, axes }: Pair): Found {
  const absent = [isAbsent(row[x]), isAbsent(row[y])];
  if (absent[0] && absent[1]) return { geometry: null };
  if (absent[0] || absent[1]) {
    const [missing, given] = absent[0] ? [x, y] : [y, x];
    const detail = `"${missing}" is empty where "${given}" is not; the record was kept without position. Give both or none.`;
    return { fault: { code: 'position-incomplete', column: missing, detail } };
  }
  const notes: CellFault[] = [];
  const position: number[] = [];
  for (const [at, column] of [x, y].entries()) {
    const axis = axes[at as 0 | 1];
    const coordinate = parseCoordinate(String(row[column]), axis);
    if (!coordinate) return { fault: { code: 'coordinate-not-a-number', column, detail: NO_COORDINATE[axis] } };
    position.push(coordinate.value);
    const note = NOTES[coordinate.written];
    if (note) notes.push({ ...note, column });
  }
  return { geometry: { type: 'Point', coordinates: position }, notes };
}

const NO_COORDINATE = {
  lon: 'This is no longitude. Expected degrees such as -3.0426, or 3°02\'33" W.',
  lat: 'This is no latitude. Expected degrees such as 16.2716, or 16°16\'18" N.',
  grid: 'This is no number. Expected a coordinate of the grid such as 712345.6.',
};

const NOTES = {
  plain: null,
  'decimal-comma': { code: 'decimal-comma', detail: 'The comma was read as a decimal sign.' },
  dms: { code: 'degrees-minutes', detail: 'Degrees, minutes and seconds were turned into degrees.' },
};

function fromWkt(text: string, { column, srid }: Extract<Location, { type: 'wkt' }>, { vertices }: Limits): Found {
  try {
    const parsed = parseWkt(text, vertices);
    const wanted = srid ?? 4326;
    if (parsed.srid !== null && parsed.srid !== 0 && parsed.srid !== wanted) {
      const detail = `The geometry is in EPSG:${parsed.srid}, and its layer in EPSG:${wanted}. Send it in a file of its own.`;
      return { fault: { code: 'wkt-srid', column, detail } };
    }
    return { geometry: parsed.geometry };
  } catch (error) {
    if (!(error instanceof InvalidWkt)) throw error;
    return {
      fault: {
        code: 'not-wkt',
        column,
        detail: `This is not WKT: ${error.message}. Expected such as POINT (-3.04 16.27).`,
      },
    };
  }
}

function fromMgrs(text: string, column: string): Found {
  const position = parseMgrs(text);
  if (position) return { geometry: { type: 'Point', coordinates: [...position] } };
  return {
    fault: { code: 'not-mgrs', column, detail: 'This is no MGRS reference. Expected such as 30QVD 5567 7812.' },
  };
}

function fromGeojson(cell: unknown, column: string, limits: Limits): Found {
  const fault = (detail: string): Found => ({ fault: { code: 'not-geojson-geometry', column, detail } });
  let value: unknown = cell;
  try {
    if (typeof cell === 'string') value = JSON.parse(cell);
  } catch {
    return fault('This is not JSON. Expected such as {"type":"Point","coordinates":[-3.04,16.27]}.');
  }
  const { type, geometry } = (value ?? {}) as { type?: unknown; geometry?: unknown };
  const checked = checkGeometry(type === 'Feature' ? (geometry ?? null) : value, limits);
  return 'fault' in checked
    ? fault(`${checked.fault.detail} (${checked.fault.pointer})`)
    : { geometry: checked.geometry };
}

import type { Issue, Place, SourceFeature } from '../feature.ts';
import type { Limits } from '../source.ts';
import { toIssue } from '../text/issue.ts';
import { type CheckedGeometry, checkGeometry, isGeometryType } from './geometry.ts';

/** A record as feature, or what kept it from being one; and what is to be said of it either way. */
export interface Converted {
  readonly feature: SourceFeature | null;
  readonly issues: readonly Issue[];
  /** Members that GeoJSON does not know: they are not kept. */
  readonly foreign: readonly string[];
  /** Its own `crs`, as GeoJSON of 2008 allowed; undefined when it has none. */
  readonly crs?: unknown;
}

const KNOWN = new Set(['type', 'id', 'geometry', 'properties', 'bbox', 'crs']);
const NONE: readonly never[] = [];

/** Turns the value of a record into a feature. @throws LimitExceeded */
export function toFeature(value: unknown, index: number, place: Place, limits: Limits): Converted {
  const issues: Issue[] = [];
  const say = (severity: Issue['severity'], code: string, pointer: string, of: unknown, detail: string) => {
    issues.push(toIssue({ code, severity, index, place: pointer ? { ...place, pointer } : place, value: of, detail }));
  };
  const refused = { feature: null, issues, foreign: NONE };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    say('error', 'not-a-feature', '', value, 'A feature is an object with "type", "geometry" and "properties".');
    return refused;
  }
  const record = value as Record<string, unknown>;
  const bare = isGeometryType(record.type);
  if (!bare && record.type !== 'Feature') {
    const looks = record.type === undefined && 'geometry' in record;
    if (!looks) {
      say('error', 'not-a-feature', '/type', record.type ?? null, 'The type of a feature is "Feature".');
      return refused;
    }
    say('warning', 'type-missing', '/type', undefined, 'The member "type": "Feature" is missing; it was read as one.');
  }
  const checked = checkGeometry(bare ? record : (record.geometry ?? null), limits);
  if ('fault' in checked) {
    const { code, pointer, value: of, detail } = checked.fault;
    say('error', code, bare ? pointer.slice('/geometry'.length) : pointer, of, detail);
    return refused;
  }
  if (bare) {
    say(
      'note',
      'bare-geometry',
      '',
      undefined,
      'A geometry without a feature around it; read as one without properties.',
    );
    return { feature: { index, place, id: null, geometry: checked.geometry, properties: {} }, issues, foreign: NONE };
  }
  sayWhereEmpty(record, checked, say);
  const { properties = null } = record;
  if (properties !== null && (typeof properties !== 'object' || Array.isArray(properties))) {
    say('error', 'properties-not-an-object', '/properties', properties, 'Properties are an object, or null.');
    return refused;
  }
  const feature = {
    index,
    place,
    id: toId(record.id, say),
    geometry: checked.geometry,
    properties: (properties ?? {}) as Record<string, unknown>,
  };
  let foreign: readonly string[] = NONE;
  for (const key in record) if (!KNOWN.has(key)) foreign = [...foreign, key];
  return 'crs' in record ? { feature, issues, foreign, crs: record.crs } : { feature, issues, foreign };
}

type Say = (severity: Issue['severity'], code: string, pointer: string, of: unknown, detail: string) => void;

function sayWhereEmpty(record: Record<string, unknown>, checked: CheckedGeometry, say: Say): void {
  if ('fault' in checked || checked.geometry) return;
  if (record.geometry === undefined) {
    say(
      'warning',
      'geometry-missing',
      '',
      undefined,
      'There is no member "geometry"; null says that there is no position.',
    );
  } else if (record.geometry !== null) {
    say('warning', 'geometry-empty', '/geometry', record.geometry, 'The geometry has no coordinates; read as null.');
  }
}

function toId(id: unknown, say: Say): string | number | null {
  if (typeof id === 'string' || typeof id === 'number') return id;
  if (id !== undefined && id !== null)
    say('warning', 'id-type', '/id', id, 'An id is a text or a number; this was left out.');
  return null;
}

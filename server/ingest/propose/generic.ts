import type { Field, Layer } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import type { InferredColumn, InferredType } from '../infer-schema.ts';
import { isAbsent } from '../locate/absent.ts';
import type { LayerReport } from '../report.ts';
import { FieldNames, freeName, toIdentifier, toTitle } from './names.ts';
import { both, type NewLayer, ORDER, plainStyle } from './new-layer.ts';
import { guessRoles, type Roles } from './roles.ts';
import type { Surroundings, Table } from './table.ts';

const FIELD_TYPE: Readonly<Record<InferredType, Field['type']>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  text: 'string',
  enumeration: 'string',
  json: 'string',
};

/** A layer of its own for a file of no known kind: a field for each column that has values. */
export function proposeGeneric(table: Table, surroundings: Surroundings): Mapping {
  const { layer } = table;
  const roles = guessRoles(table);
  const placed = placeColumns(layer);
  const names = new FieldNames();
  const fields: Field[] = [];
  const mapped: Mapping['fields'] = {};
  let kind: Field | undefined;
  for (const column of layer.fields) {
    if (placed.has(column.name) || !hasValues(column)) continue;
    const made = toField(column, names.take(column.name), column.name === roles.kind);
    if (column.name === roles.kind) kind = made;
    fields.push(made);
    mapped[made.name] = { column: column.name };
  }
  const definition = toLayer(table, surroundings, { fields, kind, isTimed: roles.from !== undefined });
  return {
    part: table.part,
    crs: null,
    location: null,
    dateOrder: dateOrderOf(layer),
    fields: mapped,
    record: recordOf(roles, definition, surroundings),
    endInclusive: true,
    regions: [...roles.regions],
    repairs: ['axes-swapped', 'self-crossing', 'duplicate-exact'],
    target: { mode: 'new', layer: definition },
  };
}

/** Month first only where a date leaves no other reading. */
export function dateOrderOf({ fields }: LayerReport): Mapping['dateOrder'] {
  const orders = fields.map(({ dateOrder }) => dateOrder);
  return orders.includes('month-day') && !orders.includes('day-month') ? 'month-day' : 'day-month';
}

/** The geometry of the layer: what can be told of a table that has none is that it may get points. */
export function geometryOf({ geometries }: LayerReport): Layer['geometry'] {
  const has = (type: string) => geometries.some((name) => name.endsWith(type));
  return has('Point') || geometries.length === 0
    ? 'point'
    : has('Polygon')
      ? 'polygon'
      : has('LineString')
        ? 'line'
        : 'point';
}

/** Numbers of a grid and MGRS references are worth reading; degrees and WKT are the geometry once more. */
function placeColumns({ location }: LayerReport): ReadonlySet<string> {
  if (location?.type === 'lonlat') return new Set([location.lon, location.lat]);
  return new Set(location?.type === 'wkt' || location?.type === 'geojson' ? [location.column] : []);
}

const hasValues = ({ values, categories }: InferredColumn) =>
  values > 0 && (categories === null || categories.some(({ value }) => !isAbsent(value)));

function toField(column: InferredColumn, name: string, isKind: boolean): Field {
  const classes = isKind ? column.categories?.filter(({ value }) => !isAbsent(value)) : undefined;
  return {
    name,
    type: FIELD_TYPE[column.type],
    title: both(column.name.trim().slice(0, 200) || name),
    ...(classes && { values: classes.map(({ value }) => ({ value, title: both(value) })) }),
    tile: isKind,
  };
}

interface Drafted {
  readonly fields: Field[];
  readonly kind: Field | undefined;
  readonly isTimed: boolean;
}

function toLayer({ layer }: Table, { fileName, layers, upload }: Surroundings, drafted: Drafted): NewLayer {
  const { fields, kind, isTimed } = drafted;
  const geometry = geometryOf(layer);
  const title = toTitle(layer.name && layer.name.length > 2 && fileName.includes('.gpkg') ? layer.name : fileName);
  const id = freeName(toIdentifier(title) || 'upload', new Set(layers.map((known) => known.id)));
  return {
    id,
    title: both(title),
    description: {
      en: `Records of the file “${fileName}”, as they were received.`,
      fr: `Fiches du fichier « ${fileName} », telles qu’elles ont été reçues.`,
    },
    group: 'other',
    role: geometry === 'polygon' ? 'boundaries' : geometry === 'line' ? 'roads' : isTimed ? 'events' : 'sites',
    order: ORDER[geometry],
    visible: true,
    // Nobody has said how the records came to be: until then they are not called documented.
    nature: 'approximate',
    geometry,
    time: isTimed ? 'instant' : null,
    fields,
    ...(kind && geometry === 'point' && { kind: kind.name }),
    measures: [],
    handling: 'public',
    provenance: {
      en: 'Taken over from a file; who gathered the records, and how, has not been stated.',
      fr: 'Repris d’un fichier ; il n’est pas indiqué qui a recueilli ces fiches, ni comment.',
    },
    sources: [{ key: sourceKey(upload), title: fileName }],
    // What nobody has permitted is not passed on.
    licence: { name: 'not stated', redistribution: false },
    attribution: both(title),
    style: plainStyle(geometry, kind),
  };
}

/** By what records name the upload they came from. */
export const sourceKey = (upload: string): string => `upload-${upload.slice(0, 8)}`;

function recordOf(roles: Roles, layer: NewLayer, { upload, fileName }: Surroundings): Mapping['record'] {
  return {
    ...(roles.key !== undefined && { record_id: { column: roles.key } }),
    ...(roles.from !== undefined && {
      valid_from: { column: roles.from },
      // A single date is a day: it begins and ends with it.
      valid_to: { column: roles.to ?? roles.from },
      date_precision: { constant: 'day' },
    }),
    confidence: { constant: 'reported' },
    ...(roles.reliability !== undefined && { reliability: { column: roles.reliability } }),
    ...(roles.credibility !== undefined && { credibility: { column: roles.credibility } }),
    source: { constant: sourceKey(upload) },
    locator: roles.source === undefined ? { constant: fileName } : { column: roles.source },
    ...(roles.note !== undefined && { note: { column: roles.note } }),
    handling: { constant: layer.handling },
  };
}

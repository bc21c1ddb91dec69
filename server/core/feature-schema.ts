import type { PublishedLayer } from './catalogue.ts';
import { type Field, recordFields } from './layer.ts';
import { type JsonSchema, SCHEMA_DIALECT } from './queryables.ts';

/** One plain type for each. */
const TYPES: Readonly<Record<Field['type'], JsonSchema>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  strings: { type: 'array', items: { type: 'string' } },
};

const GEOMETRIES = { point: 'Point', line: 'Geometry', polygon: 'Geometry' } as const;

/**
 * A feature of a collection, as GDAL 3.3 and later read it to learn the types of fields (else they take them from the
 * first page, where a column may be empty). They know one type for each property, so it cannot say that any may be null;
 * `toSchema` does. `base` is the public address of the server.
 */
export function toFeatureSchema(layer: PublishedLayer, base: string): JsonSchema {
  const fields = recordFields(layer).map(({ name, type, title }) => [name, { title: title.en, ...TYPES[type] }]);
  return {
    $schema: SCHEMA_DIALECT,
    $id: `${base}/collections/${layer.id}/schema/feature`,
    $comment: `Any property may be null as well: ${base}/collections/${layer.id}/schema says which.`,
    type: 'object',
    title: layer.title.en,
    required: ['type', 'id', 'geometry', 'properties'],
    properties: {
      type: { type: 'string', enum: ['Feature'] },
      id: { type: 'integer' },
      geometry: { $ref: `https://geojson.org/schema/${GEOMETRIES[layer.geometry]}.json` },
      properties: { type: 'object', properties: Object.fromEntries(fields) },
    },
  };
}

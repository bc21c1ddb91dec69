import type { PublishedLayer } from './catalogue.ts';
import { geometryName, VALIDITY } from './cql2/properties.ts';
import { type Field, type Language, type Layer, recordFields } from './layer.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const SCHEMA_DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** The names of formats are those of OGC API Features, Part 5; older clients look at `$ref`. */
const GEOMETRY: Readonly<Record<Layer['geometry'], JsonSchema>> = {
  point: { $ref: 'https://geojson.org/schema/Point.json', format: 'geometry-point' },
  line: { $ref: 'https://geojson.org/schema/Geometry.json', format: 'geometry-linestring-or-multilinestring' },
  polygon: { $ref: 'https://geojson.org/schema/Geometry.json', format: 'geometry-polygon-or-multipolygon' },
};

const PLACE = { en: 'Place', fr: 'Lieu' } as const;

const VALID = {
  en: {
    title: 'Validity',
    description: 'From valid_from up to and without valid_to: for the temporal functions of filters.',
  },
  fr: {
    title: 'Validité',
    description: 'De valid_from à valid_to non compris : pour les fonctions temporelles des filtres.',
  },
} as const;

export function geometrySchema({ geometry }: Pick<Layer, 'geometry'>, lang: Language): JsonSchema {
  return { title: PLACE[lang], ...GEOMETRY[geometry], 'x-ogc-role': 'primary-geometry' };
}

/** The words of a closed list with what they mean. */
function meanings({ values }: Field, lang: Language): JsonSchema {
  if (!values) return {};
  return { description: values.map(({ value, title }) => `${value}: ${title[lang]}`).join('; ') };
}

/** A field as its values are written in JSON. */
export function fieldSchema(field: Field, lang: Language): JsonSchema {
  const { type, title, unit, values } = field;
  const words = values ? { enum: values.map(({ value }) => value) } : {};
  const head = { title: title[lang], ...meanings(field, lang), ...(unit ? { 'x-ogc-unit': unit } : {}) };
  switch (type) {
    case 'strings':
      return { ...head, type: 'array', items: { type: 'string', ...words } };
    case 'date':
      return { ...head, type: 'string', format: 'date' };
    case 'datetime':
      return { ...head, type: 'string', format: 'date-time' };
    default:
      return { ...head, type, ...words };
  }
}

/** The span over which a record holds: a property of filters only, which no record shows. */
function validitySchema(lang: Language): JsonSchema {
  return { ...VALID[lang], type: 'array', items: { type: 'string', format: 'date' }, minItems: 2, maxItems: 2 };
}

/** What filters can ask of a collection: OGC API Features, Part 3. `base` is the public address of the server. */
export function toQueryables(layer: PublishedLayer, base: string, lang: Language): JsonSchema {
  const fields = recordFields(layer).map((field) => [field.name, fieldSchema(field, lang)] as const);
  return {
    $schema: SCHEMA_DIALECT,
    $id: `${base}/collections/${layer.id}/queryables`,
    type: 'object',
    title: layer.title[lang],
    description: layer.description[lang],
    properties: {
      [geometryName(layer)]: geometrySchema(layer, lang),
      ...Object.fromEntries(fields),
      ...(layer.time === null ? {} : { [VALIDITY]: validitySchema(lang) }),
    },
    additionalProperties: false,
  };
}

import type { PublishedLayer } from './catalogue.ts';
import { type Field, type Language, recordFields } from './layer.ts';
import { fieldSchema, geometrySchema, type JsonSchema, SCHEMA_DIALECT } from './queryables.ts';

/** What a field is to a client that knows nothing of the layer: OGC API Features, Part 5. */
function roleOf({ name }: Field, { time }: PublishedLayer): JsonSchema {
  if (time !== null && name === 'valid_from') return { 'x-ogc-role': 'primary-interval-start' };
  if (time !== null && name === 'valid_to') return { 'x-ogc-role': 'primary-interval-end' };
  return {};
}

/** A value, or nothing. */
const orNothing = ({ type, enum: words, ...rest }: JsonSchema): JsonSchema => ({
  ...rest,
  type: [type, 'null'],
  ...(Array.isArray(words) ? { enum: [...words, null] } : {}),
});

/** Fields that no record is without. */
const REQUIRED = ['record_id', 'confidence', 'precision_m', 'source', 'locator', 'handling', 'recorded_at'];

/** What the records of a collection hold, in their order: OGC API Features, Part 5. `base` as in `toQueryables`. */
export function toSchema(layer: PublishedLayer, base: string, lang: Language): JsonSchema {
  const fields = recordFields(layer).map((field, index) => {
    const own = { ...fieldSchema(field, lang), ...roleOf(field, layer) };
    const schema = REQUIRED.includes(field.name) ? own : orNothing(own);
    return [field.name, { ...schema, 'x-ogc-propertySeq': index + 3 }] as const;
  });
  return {
    $schema: SCHEMA_DIALECT,
    $id: `${base}/collections/${layer.id}/schema`,
    type: 'object',
    title: layer.title[lang],
    description: layer.description[lang],
    properties: {
      id: {
        title: lang === 'fr' ? 'Numéro' : 'Number',
        type: 'integer',
        readOnly: true,
        'x-ogc-role': 'id',
        'x-ogc-propertySeq': 1,
      },
      geometry: { ...geometrySchema(layer, lang), 'x-ogc-propertySeq': 2 },
      ...Object.fromEntries(fields),
    },
    required: ['id', 'geometry', ...REQUIRED],
    additionalProperties: false,
  };
}

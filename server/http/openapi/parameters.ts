import { z } from 'zod';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Field } from '../../core/layer.ts';
import { MAX_ZOOM } from '../../core/tile.ts';
import { WEB_MERCATOR_QUAD } from '../../core/tile-matrix-set.ts';
import { VIEW_ID } from '../../core/view.ts';
import { PARAMS } from '../params.ts';

type Json = Readonly<Record<string, unknown>>;

/** What `PARAMS` says of how a parameter is written. */
interface Meta {
  readonly description?: string;
  readonly written?: Json;
}

/** A list stands in one parameter with commas between; QGIS takes no other parameter for one that narrows. */
const IN_ONE = { style: 'form', explode: false } as const;

/** A query parameter from its zod schema: as `written` says where that is there, else as zod has it. */
export function queryParameter(name: string, schema: z.ZodType): Json {
  const { description, written } = (schema.meta() ?? {}) as Meta;
  const shape =
    written ?? (z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }) as Json);
  return {
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    ...(description === undefined ? {} : { description }),
    schema: shape,
    ...(shape.type === 'array' ? IN_ONE : {}),
  };
}

/** All that `PARAMS` has, for `components.parameters`. */
export function sharedParameters(): Json {
  return Object.fromEntries(Object.entries(PARAMS).map(([name, schema]) => [name, queryParameter(name, schema)]));
}

const TYPES: Readonly<Record<Field['type'], Json>> = {
  string: { type: 'string' },
  strings: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
};

/** A parameter by which records are narrowed to those that have a value, as QGIS looks for it. */
export function fieldParameter({ name, type, title, values, unit }: Field): Json {
  const shape = { ...TYPES[type], ...(values && type !== 'strings' ? { enum: values.map(({ value }) => value) } : {}) };
  const description = unit === undefined ? title.en : `${title.en} (${unit})`;
  return { name, in: 'query', required: false, description, schema: shape, ...IN_ONE };
}

const whole = (maximum?: number): Json => ({
  type: 'integer',
  minimum: 0,
  ...(maximum === undefined ? {} : { maximum }),
});

/** To begin with: a tile over Mali, the first record. */
const EXAMPLES: Json = { z: 5, x: 15, y: 14, tileMatrix: 5, tileRow: 14, tileCol: 15, featureId: 1 };

/** What stands in the path of an address. */
export function pathParameter(name: string, path: string, layers: readonly PublishedLayer[]): Json {
  const ids = layers.map(({ id }) => id);
  const pointIds = layers.filter(({ geometry }) => geometry === 'point').map(({ id }) => id);
  const known: Readonly<Record<string, readonly [string, Json]>> = {
    id: path.startsWith('/uploads')
      ? ['Id of an upload', { type: 'string', format: 'uuid' }]
      : ['Id of a collection', { type: 'string', enum: path.startsWith('/hexes') ? pointIds : ids }],
    ids: ['Ids of collections, with commas between', { type: 'string', example: ids[0] }],
    featureId: ['Number of a record', whole(Number.MAX_SAFE_INTEGER)],
    z: ['Zoom', whole(MAX_ZOOM)],
    x: ['Column, from the west', whole()],
    y: ['Row, from the north', whole()],
    tileMatrixSetId: ['Grid', { type: 'string', enum: [WEB_MERCATOR_QUAD.id] }],
    tileMatrix: ['Zoom', whole(MAX_ZOOM)],
    tileRow: ['Row, from the north', whole()],
    tileCol: ['Column, from the west', whole()],
    generation: ['Number of a version', { type: 'integer', minimum: 1 }],
    processId: ['Id of a process', { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }],
    jobId: ['Id of a job', { type: 'string', format: 'uuid' }],
    viewId: ['Id of a view', { type: 'string', pattern: VIEW_ID.source }],
    watchId: ['Id of a watched question', { type: 'string', format: 'uuid' }],
    briefId: ['Id of a brief', { type: 'string', format: 'uuid' }],
    side: ['Where the file has it, or where it would be', { type: 'string', enum: ['before', 'after'] }],
  };
  const [description, schema] = known[name] ?? [name, { type: 'string' }];
  const example = EXAMPLES[name];
  return { name, in: 'path', required: true, description, schema, ...(example === undefined ? {} : { example }) };
}

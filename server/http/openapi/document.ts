import { z } from 'zod';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { equalityFields } from '../items/item-params.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { fieldParameter, pathParameter, queryParameter, sharedParameters } from './parameters.ts';
import { ANSWERS, BODIES } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

const TAGS: Readonly<Record<Operation['tag'], string>> = {
  Common: 'Where to begin',
  Features: 'Collections and their records: OGC API Features',
  Tiles: 'Vector tiles: OGC API Tiles, and plain x, y, z',
  Hexagons: 'Records counted in H3 cells',
  Processes: 'Questions about places: OGC API Processes',
  Corrections:
    'Single records added, changed and withdrawn, each with a reason; and how a collection is called and drawn',
  Versions: 'What a collection was before',
  Briefs: 'What the page shows, stored; and such views in an order, with words',
  Uploads: 'Files on their way to a collection; all of it takes the token',
  Server: 'How the server is',
};

/** An address as OpenAPI has it: `/collections/{id}`. */
export const toTemplate = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');

const reference = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });
const FILE: Json = { type: 'string', format: 'binary' };

function toContent(types: Readonly<Record<string, string>>): Json {
  const entries = Object.entries(types).map(([type, name]) => {
    const schema =
      name === 'file' ? (type.startsWith('text/') ? { type: 'string' } : FILE) : reference('schemas', name);
    return [type, { schema }];
  });
  return Object.fromEntries(entries);
}

function toId({ method, path, id }: Operation, layer?: PublishedLayer): string {
  if (id !== undefined) return id;
  const words = (layer ? path.replace(':id', layer.id) : path).split(/[^A-Za-z0-9_]+/).filter(Boolean);
  return [method, ...words]
    .map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('');
}

const SECURITY = { needed: [{ token: [] }], more: [{}, { token: [] }], none: [] } as const;

function toParameters(operation: Operation, layers: readonly PublishedLayer[], layer?: PublishedLayer): Json[] {
  const { path, params = [], own = {}, headers = {} } = operation;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
  return [
    ...(layer ? [] : inPath.map((name) => pathParameter(name, path, layers))),
    ...params.filter((name) => !(name in own)).map((name) => reference('parameters', name)),
    ...Object.entries(own).map(([name, schema]) => queryParameter(name, schema)),
    ...(layer && operation.method === 'get' ? equalityFields(layer).map(fieldParameter) : []),
    ...Object.entries(headers).map(([name, description]) => ({
      ...{ name, in: 'header', required: false, description },
      schema: { type: 'string' },
    })),
  ];
}

function toOperation(operation: Operation, layers: readonly PublishedLayer[], layer?: PublishedLayer): Json {
  const { tag, summary, answers, status = 200, body, token = 'none' } = operation;
  const hasBody = Object.keys(answers).length > 0;
  const description = status === 202 ? 'Taken; its resource says when it is done' : 'As asked for';
  return {
    operationId: toId(operation, layer),
    tags: [tag],
    summary: layer ? `${operation.method === 'get' ? 'Records' : summary} of ${layer.title.en}` : summary,
    parameters: toParameters(operation, layers, layer),
    ...(body ? { requestBody: { required: true, content: toContent(body) } } : {}),
    responses: {
      [status]: { description, ...(hasBody ? { content: toContent(answers) } : {}) },
      ...(operation.method === 'get' ? { '304': { description: 'Not changed since the ETag named' } } : {}),
      default: reference('responses', 'Problem'),
    },
    security: SECURITY[token],
  };
}

/** A registry of zod schemas as `components.schemas`. */
function toSchemas(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: written } = z.toJSONSchema(registry, {
    ...{ target: 'openapi-3.0', io, unrepresentable: 'any' },
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(Object.entries(written).map(([id, { $id: _id, ...schema }]) => [id, schema]));
}

/**
 * OpenAPI 3.0.3 of everything that the server does, from the schemas by which it reads requests. Besides the address of
 * any collection's items each collection has its own there, with its fields as parameters: QGIS asks for them.
 * `base` is the public address of the server.
 */
export function toOpenApi(layers: readonly PublishedLayer[], base: string, version: string) {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const template = toTemplate(operation.path);
    paths[template] = { ...paths[template], [operation.method]: toOperation(operation, layers) };
    if (operation.path !== '/collections/:id/items') continue;
    // An address that is written out hides the template: all that can be done there is said of both.
    for (const layer of layers) {
      const own = `/collections/${layer.id}/items`;
      paths[own] = { ...paths[own], [operation.method]: toOperation(operation, layers, layer) };
    }
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Azalai',
      version,
      description:
        'Maps and analysis of armed control, trafficking, mining and violence in Mali and the Sahel. HEAD is answered wherever GET is, and OPTIONS says what a resource takes.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: base }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      parameters: sharedParameters(),
      schemas: { ...toSchemas(ANSWERS, 'output'), ...toSchemas(BODIES, 'input') },
      responses: {
        Problem: {
          description: 'What is wrong, and what would be right',
          content: { 'application/problem+json': { schema: reference('schemas', 'Problem') } },
        },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: "The server's token (ADMIN_TOKEN)" },
      },
    },
  };
}

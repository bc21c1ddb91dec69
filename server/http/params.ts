import { z } from 'zod';
import { parseBbox } from '../core/bbox.ts';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import { checkFilter } from '../core/cql2/check.ts';
import { parseJsonFilter } from '../core/cql2/parse-json.ts';
import { parseFilter } from '../core/cql2/parse-text.ts';
import { type Fault, FeatureNotFound, InvalidParameter } from '../core/errors.ts';
import { MAX_RESOLUTION, parseCell } from '../core/hex.ts';
import { parseDatetime, parseKnownAt } from '../core/interval.ts';
import { LANGUAGES } from '../core/layer.ts';
import { THEMES } from '../core/theme.ts';
import { MAX_ZOOM } from '../core/tile.ts';
import { recordedBefore } from '../core/versions.ts';
import type { Access, Filter } from '../query/filter.ts';
import { SERIES_KINDS } from '../query/series.ts';

/** How a parameter is written in an address, as OpenAPI has it (a JSON Schema, and `style: form`, `explode: false`). */
type Written = Readonly<Record<string, unknown>>;

/** What the description of the interfaces says of a parameter: read with `PARAMS[name].meta()`. */
const described = <Schema extends z.ZodType>(schema: Schema, description: string, written: Written): Schema =>
  schema.meta({ description, written }) as Schema;

const wholeNumber = (name: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `${name} must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `${name} must be from ${min} to ${max}`);
const integer = (minimum: number, maximum: number, rest: Written = {}): Written => ({
  type: 'integer',
  minimum,
  maximum,
  ...rest,
});

/** Runs a parser that throws our own errors inside zod, as the parameter's transformation. */
const parsed = <T>(parse: (text: string) => T) => z.string().transform((text) => parse(text));

/** One of a list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  name: string,
  words: Words,
  description: string,
) {
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  const schema = z.enum(words, { error: `${name} must be ${list}` }).optional();
  return described(schema, description, { type: 'string', enum: [...words] });
}

/** Longitude and latitude in degrees on WGS 84, the one reference system that is served, as clients write it. */
const CRS84 = ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', '[OGC:CRS84]', 'OGC:CRS84'] as const;
const crs84 = (name: string, what: string) =>
  oneOf(name, CRS84, `Reference system of ${what}: longitude, latitude in degrees is the one served.`);

export const MAX_LIMIT = 10_000;
const DEFAULT_LIMIT = 100;
const MAX_FID = Number.MAX_SAFE_INTEGER;

/** Every query parameter that any route takes, by its name in addresses. */
export const PARAMS = {
  bbox: described(
    parsed(parseBbox).optional(),
    'Only what meets this box: west,south,east,north in degrees. Of six numbers the heights are ignored. West greater than east crosses the antimeridian.',
    { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  ),
  'bbox-crs': crs84('bbox-crs', 'bbox'),
  crs: crs84('crs', 'the answer'),
  'filter-crs': crs84('filter-crs', 'positions in filter'),
  datetime: described(
    parsed(parseDatetime).optional(),
    'Only what was valid then: a day, an instant, or an interval such as 2014-01-01/2022-12-31, 2014-01-01/.. or ../2013-12-31, both ends included.',
    { type: 'string' },
  ),
  filter: described(
    parsed(parseFilter).optional(),
    'Only records of which this CQL2 expression over the queryables is true.',
    { type: 'string' },
  ),
  'filter-lang': oneOf(
    'filter-lang',
    ['cql2-text', 'cql2-json'],
    'The language of filter: cql2-text when it is left out.',
  ),
  cell: described(parsed(parseCell).optional(), 'Only points in this H3 cell.', { type: 'string' }),
  known_at: described(
    parsed(parseKnownAt).optional(),
    'What was known then: the version served at the end of that day, or at that instant. Before the first version: of that one what had been recorded by then.',
    { type: 'string' },
  ),
  limit: described(
    z
      .string()
      .regex(/^\d{1,15}$/, `limit must be a whole number from 1 to ${MAX_LIMIT}`)
      .transform((text) => Math.min(Number(text), MAX_LIMIT))
      .refine((limit) => limit >= 1, `limit must be from 1 to ${MAX_LIMIT}`)
      .default(DEFAULT_LIMIT),
    `At most so many on a page. More than ${MAX_LIMIT} is taken for ${MAX_LIMIT}.`,
    integer(1, MAX_LIMIT, { default: DEFAULT_LIMIT }),
  ),
  cursor: described(
    z.string().min(1).max(20_000).optional(),
    'Where the page begins: from a link next or prev, never made up.',
    {
      type: 'string',
    },
  ),
  sortby: described(
    z.string().min(1, 'sortby must name a field').max(2_000).optional(),
    'Fields to sort by, the first counting most, "-" before one that falls: -killed,place. What is empty comes last.',
    { type: 'array', items: { type: 'string' } },
  ),
  properties: described(z.string().max(10_000).optional(), 'Only these fields of each record, by name.', {
    type: 'array',
    items: { type: 'string' },
  }),
  profile: described(
    z.string().max(1_000).optional(),
    'Rules that the answer is to follow, the most wanted first: rfc7946 is the one that GeoJSON has here.',
    { type: 'array', items: { type: 'string' } },
  ),
  after: described(
    wholeNumber('after', 0, MAX_FID).optional(),
    'Only what comes after this number.',
    integer(0, MAX_FID),
  ),
  offset: described(
    wholeNumber('offset', 0, 100_000_000).optional(),
    'So many are passed over first.',
    integer(0, 100_000_000),
  ),
  from: described(wholeNumber('from', 1, 999_999_999).optional(), 'The older version.', integer(1, 999_999_999)),
  to: described(
    wholeNumber('to', 1, 999_999_999).optional(),
    'The newer version; the one in service when it is left out.',
    integer(1, 999_999_999),
  ),
  'after-record': described(z.string().max(1_000).optional(), 'Only records whose record_id comes after this one.', {
    type: 'string',
  }),
  'after-nth': described(
    wholeNumber('after-nth', 1, 1_000_000_000).optional(),
    'Of the records with the id `after-record` those after so many too.',
    integer(1, 1_000_000_000),
  ),
  res: described(
    wholeNumber('res', 0, MAX_RESOLUTION).default(4),
    'H3 resolution of the hexagons.',
    integer(0, MAX_RESOLUTION, { default: 4 }),
  ),
  kinds: described(
    z.enum(SERIES_KINDS, { error: `kinds must be one of ${SERIES_KINDS.join(', ')}` }).default('each'),
    'Whether records are counted by kind or together.',
    { type: 'string', enum: [...SERIES_KINDS], default: 'each' },
  ),
  minzoom: described(
    wholeNumber('minzoom', 0, MAX_ZOOM).default(0),
    'The first zoom.',
    integer(0, MAX_ZOOM, { default: 0 }),
  ),
  maxzoom: described(wholeNumber('maxzoom', 0, MAX_ZOOM).optional(), 'The last zoom.', integer(0, MAX_ZOOM)),
  theme: described(
    z.enum(THEMES, { error: `theme must be one of ${THEMES.join(', ')}` }).default('light'),
    'The ground that the map is drawn on.',
    { type: 'string', enum: [...THEMES], default: 'light' },
  ),
  lang: described(
    z.enum(LANGUAGES, { error: `lang must be one of ${LANGUAGES.join(', ')}` }).default('en'),
    'The language of titles.',
    { type: 'string', enum: [...LANGUAGES], default: 'en' },
  ),
  name: described(z.string().max(1_000).optional(), 'The name of the file.', { type: 'string' }),
  code: described(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,60}$/, 'code must be the code of an issue, such as ring-open')
      .optional(),
    'Only issues of this kind.',
    { type: 'string' },
  ),
  severity: described(
    z.enum(['error', 'warning', 'note'], { error: 'severity must be one of error, warning, note' }).optional(),
    'Only issues of this weight.',
    { type: 'string', enum: ['error', 'warning', 'note'] },
  ),
  f: oneOf('f', ['json', 'html'], 'The form of the answer, before what Accept asks for.'),
  generation: described(
    z
      .string()
      .regex(/^\d{1,9}(\.\d{1,9}){0,99}$/, {
        error: 'generation must be a whole number for each collection, joined by ".", as TileJSON has it',
      })
      .optional(),
    'The version of each collection, joined by ".", as TileJSON has it: the answer may then be kept for ever.',
    { type: 'string' },
  ),
} as const;
type ParamName = keyof typeof PARAMS;

/** What stands behind the first "?"; empty when there is none. */
export function queryOf(address: string): string {
  const mark = address.indexOf('?');
  return mark < 0 ? '' : address.slice(mark + 1);
}

/** Parameters of one resource only, or of its own kind where others have the same name. */
type OwnParams = Readonly<Record<string, z.ZodType>>;
type Params<Name extends ParamName, Own extends OwnParams> = { [N in Name]: z.infer<(typeof PARAMS)[N]> } & {
  [N in keyof Own]: z.infer<Own[N]>;
};

/**
 * Reads the query string of an address: exactly the parameters named, each at most once; `own` are further ones.
 * @throws InvalidParameter, also for a parameter that the resource does not have (OGC API Features requires it);
 *   InvalidFilter
 */
export function parseParams<Name extends ParamName, Own extends OwnParams = Record<never, never>>(
  address: string,
  names: readonly Name[],
  own?: Own,
): Params<Name, Own> {
  const query = new URLSearchParams(queryOf(address));
  const shape: OwnParams = { ...Object.fromEntries(names.map((name) => [name, PARAMS[name]])), ...own };
  checkNames(query, Object.keys(shape));
  const inJson = 'filter' in shape && query.get('filter-lang') === 'cql2-json';
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  // One by one: an object schema, made for each request, is compiled for each request, which takes longer than most queries.
  for (const [name, schema] of Object.entries(inJson ? { ...shape, filter: JSON_FILTER } : shape)) {
    const text = query.get(name);
    const result = text === null ? withoutValue(schema) : schema.safeParse(text);
    if (!result.success) faults.push({ parameter: name, detail: `${result.error.issues[0]?.message}.` });
    else if (result.data !== undefined) values[name] = result.data;
  }
  if (faults.length > 0) throw new InvalidParameter(faults);
  return values as Params<Name, Own>;
}

const JSON_FILTER = parsed(parseJsonFilter).optional();

const WITHOUT_VALUE = new WeakMap<z.ZodType, z.ZodSafeParseResult<unknown>>();

/** What a parameter is that is not there: most of them in most requests, so that it is found out once. */
function withoutValue(schema: z.ZodType): z.ZodSafeParseResult<unknown> {
  const known = WITHOUT_VALUE.get(schema);
  if (known) return known;
  const result = schema.safeParse(undefined);
  WITHOUT_VALUE.set(schema, result);
  return result;
}

/** @throws InvalidParameter for a parameter that is not among the names, or is there more than once */
function checkNames(query: URLSearchParams, names: readonly string[]): void {
  const faults: Fault[] = [];
  for (const name of new Set(query.keys())) {
    if (!names.includes(name)) {
      const known = names.length > 0 ? `It takes ${names.join(', ')}.` : 'It takes none.';
      faults.push({ parameter: name, detail: `"${name.slice(0, 40)}" is not a parameter of this resource. ${known}` });
    } else if (query.getAll(name).length > 1) {
      faults.push({ parameter: name, detail: `${name} is given ${query.getAll(name).length} times: give it once.` });
    }
  }
  if (faults.length > 0) throw new InvalidParameter(faults);
}

/** The parameters by which a request narrows a layer's records. */
export const FILTER_PARAMS = ['datetime', 'filter', 'filter-lang', 'filter-crs', 'known_at'] as const;

/** The same on tiles, which also say which version they were meant to be. */
export const TILE_PARAMS = [...FILTER_PARAMS, 'generation'] as const;
export type TileParams = ReturnType<typeof parseParams<(typeof TILE_PARAMS)[number]>>;

/** On archives of tiles, which are of the version in service. */
export const ARCHIVE_PARAMS = [
  'datetime',
  'filter',
  'filter-lang',
  'filter-crs',
  'generation',
  'minzoom',
  'maxzoom',
] as const;

/** A parameter as it was written, where that is what must be said of it. */
export function writtenParam(address: string, name: ParamName): string | undefined {
  return new URLSearchParams(queryOf(address)).get(name) ?? undefined;
}

/**
 * What the request asks of one layer, and what its caller may see of it (`accessOf`).
 * @throws InvalidFilter when the expression names what the layer does not have
 */
export function toFilter(
  layer: PublishedLayer,
  params: {
    readonly [Name in 'bbox' | 'datetime' | 'filter' | 'cell' | 'known_at']?: z.infer<(typeof PARAMS)[Name]>;
  },
  access: Access,
): Filter {
  if (params.cell !== undefined && layer.geometry !== 'point') {
    throw new InvalidParameter([{ parameter: 'cell', detail: `"${layer.id}" has no points, so no cells.` }]);
  }
  return {
    access,
    bbox: params.bbox,
    datetime: params.datetime,
    expression: params.filter && checkFilter(params.filter, layer),
    cell: params.cell,
    knownBefore: recordedBefore(layer, params.known_at),
  };
}

/** The layers of a comma list, each once, as they are or were just `before` (see `Catalogue.get`). @throws LayerNotFound, InvalidParameter */
export function parseLayerIds(catalogue: Catalogue, text: string, before?: string): PublishedLayer[] {
  const ids = text.split(',');
  if (new Set(ids).size !== ids.length) {
    throw new InvalidParameter([{ parameter: 'ids', detail: `"${text.slice(0, 80)}" names a collection twice.` }]);
  }
  return ids.map((id) => catalogue.get(id, before));
}

/** @throws LayerNotFound; InvalidParameter when the layer has no points */
export function parsePointLayer(catalogue: Catalogue, id: string, before?: string): PublishedLayer {
  const layer = catalogue.get(id, before);
  if (layer.geometry === 'point') return layer;
  const points = catalogue.layers.filter(({ geometry }) => geometry === 'point').map((candidate) => candidate.id);
  throw new InvalidParameter([
    { parameter: 'id', detail: `"${id}" has no points to count in hexagons. These have: ${points.join(', ')}.` },
  ]);
}

/** @throws FeatureNotFound, also for what cannot be a number of ours */
export function parseFeatureId(layer: PublishedLayer, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new FeatureNotFound(layer.id, text.slice(0, 40));
  return Number(text);
}

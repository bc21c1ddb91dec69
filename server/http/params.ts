import { z } from 'zod';
import { parseBbox } from '../core/bbox.ts';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import { checkFilter } from '../core/cql2/check.ts';
import { parseFilter } from '../core/cql2/parse-text.ts';
import { type Fault, FeatureNotFound, InvalidParameter } from '../core/errors.ts';
import { MAX_RESOLUTION, parseCell } from '../core/hex.ts';
import { parseDatetime } from '../core/interval.ts';
import { LANGUAGES } from '../core/layer.ts';
import { MAX_ZOOM } from '../core/tile.ts';
import type { Access, Filter } from '../query/filter.ts';
import { SERIES_KINDS } from '../query/series.ts';

const wholeNumber = (name: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `${name} must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `${name} must be from ${min} to ${max}`);

/** Runs a parser that throws our own errors inside zod, as the parameter's transformation. */
const parsed = <T>(parse: (text: string) => T) => z.string().transform((text) => parse(text));

/** Every query parameter that any route takes. */
export const PARAMS = {
  bbox: parsed(parseBbox).optional(),
  datetime: parsed(parseDatetime).optional(),
  filter: parsed(parseFilter).optional(),
  'filter-lang': z.literal('cql2-text', { error: 'filter-lang: cql2-text is the one served' }).optional(),
  cell: parsed(parseCell).optional(),
  limit: wholeNumber('limit', 1, 10_000).default(100),
  after: wholeNumber('after', 0, Number.MAX_SAFE_INTEGER).optional(),
  offset: wholeNumber('offset', 0, 100_000_000).optional(),
  /** Versions of a layer. */
  from: wholeNumber('from', 1, 999_999_999).optional(),
  to: wholeNumber('to', 1, 999_999_999).optional(),
  'after-record': z.string().max(1_000).optional(),
  res: wholeNumber('res', 0, MAX_RESOLUTION).default(4),
  kinds: z.enum(SERIES_KINDS, { error: `kinds must be one of ${SERIES_KINDS.join(', ')}` }).default('each'),
  minzoom: wholeNumber('minzoom', 0, MAX_ZOOM).default(0),
  maxzoom: wholeNumber('maxzoom', 0, MAX_ZOOM).optional(),
  lang: z.enum(LANGUAGES, { error: `lang must be one of ${LANGUAGES.join(', ')}` }).default('en'),
  name: z.string().max(1_000).optional(),
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,60}$/, 'code must be the code of an issue, such as ring-open')
    .optional(),
  severity: z.enum(['error', 'warning', 'note'], { error: 'severity must be one of error, warning, note' }).optional(),
  f: z.enum(['json', 'html'], { error: 'f must be json or html' }).optional(),
  generation: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9}){0,99}$/, {
      error: 'generation must be a whole number for each collection, joined by ".", as TileJSON has it',
    })
    .optional(),
} as const;
type ParamName = keyof typeof PARAMS;

/** What stands behind the first "?"; empty when there is none. */
function queryOf(address: string): string {
  const mark = address.indexOf('?');
  return mark < 0 ? '' : address.slice(mark + 1);
}

/**
 * Reads the query string of an address: exactly the parameters named, each at most once.
 * @throws InvalidParameter, also for a parameter that the resource does not have (OGC API Features requires it);
 *   InvalidFilter
 */
export function parseParams<Name extends ParamName>(address: string, names: readonly Name[]) {
  const faults: Fault[] = [];
  const query = new URLSearchParams(queryOf(address));
  for (const name of new Set(query.keys())) {
    if (!(names as readonly string[]).includes(name)) {
      const known = names.length > 0 ? `It takes ${names.join(', ')}.` : 'It takes none.';
      faults.push({ parameter: name, detail: `"${name.slice(0, 40)}" is not a parameter of this resource. ${known}` });
    } else if (query.getAll(name).length > 1) {
      faults.push({ parameter: name, detail: `${name} is given ${query.getAll(name).length} times: give it once.` });
    }
  }
  if (faults.length > 0) throw new InvalidParameter(faults);
  const schema = z.object(Object.fromEntries(names.map((name) => [name, PARAMS[name]])) as Pick<typeof PARAMS, Name>);
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return result.data;
  throw new InvalidParameter(
    result.error.issues.map((issue) => ({ parameter: String(issue.path[0]), detail: `${issue.message}.` })),
  );
}

/** The parameters by which a request narrows a layer's records. */
export const FILTER_PARAMS = ['datetime', 'filter', 'filter-lang'] as const;

/** The same on tiles, which also say which version they were meant to be. */
export const TILE_PARAMS = [...FILTER_PARAMS, 'generation'] as const;
export type TileParams = ReturnType<typeof parseParams<(typeof TILE_PARAMS)[number]>>;

/** The same on archives of tiles. */
export const ARCHIVE_PARAMS = [...TILE_PARAMS, 'minzoom', 'maxzoom'] as const;

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
    readonly [Name in 'bbox' | 'datetime' | 'filter' | 'cell']?: z.infer<(typeof PARAMS)[Name]>;
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
  };
}

/** The layers of a comma list, each once. @throws LayerNotFound, InvalidParameter */
export function parseLayerIds(catalogue: Catalogue, text: string): PublishedLayer[] {
  const ids = text.split(',');
  if (new Set(ids).size !== ids.length) {
    throw new InvalidParameter([{ parameter: 'ids', detail: `"${text.slice(0, 80)}" names a collection twice.` }]);
  }
  return ids.map((id) => catalogue.get(id));
}

/** @throws LayerNotFound; InvalidParameter when the layer has no points */
export function parsePointLayer(catalogue: Catalogue, id: string): PublishedLayer {
  const layer = catalogue.get(id);
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

import { z } from 'zod';
import { isDate, isTimestamp, type Literal, type ParsedFilter, type Predicate } from '../../core/cql2/ast.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { type Field, type Layer, recordFields } from '../../core/layer.ts';
import { FILTER_PARAMS, oneOf, parseParams, queryOf } from '../params.ts';

/** What items are served as, by the value of `f`, the one for programs first. */
export const ITEM_FORMS = {
  json: 'application/geo+json',
  html: 'text/html',
  csv: 'text/csv',
  geojsonseq: 'application/geo+json-seq',
  ndjson: 'application/x-ndjson',
  fgb: 'application/flatgeobuf',
  // For clients that ask for no more than JSON; what they get says what it is.
  geojson: 'application/json',
} as const;
export type ItemForm = keyof typeof ITEM_FORMS;

/** The parameters of a collection's items that every collection has, beside `f`. */
export const ITEM_PARAMS = [
  ...(['bbox', 'bbox-crs', 'crs', ...FILTER_PARAMS, 'cell'] as const),
  ...(['sortby', 'properties', 'profile', 'limit', 'cursor', 'lang'] as const),
] as const;

/** The parameter `f` of items. */
export const ITEM_FORM_PARAM = oneOf(
  'f',
  ['json', 'html', 'csv', 'geojsonseq', 'ndjson', 'fgb', 'geojson'],
  'The form of the answer, before what Accept asks for.',
);

/** Parameters that change neither which records there are nor their order. */
const ABOUT_FORM = new Set(['limit', 'cursor', 'f', 'lang', 'properties', 'profile', 'crs', 'bbox-crs', 'filter-crs']);

const FIELD_VALUE = z.string().max(10_000).optional();

const isOwn = (name: string) => name === 'f' || (ITEM_PARAMS as readonly string[]).includes(name);

/** The fields of a layer by which its items can be narrowed with a parameter of their name. */
export function equalityFields(layer: Pick<Layer, 'fields'>): readonly Field[] {
  return recordFields(layer).filter(({ name }) => !isOwn(name));
}

const EQUALITY_PARAMS = new WeakMap<object, ReturnType<typeof makeEqualityParams>>();

function makeEqualityParams(layer: Pick<Layer, 'fields'>) {
  const fields = equalityFields(layer);
  const values = Object.fromEntries(fields.map(({ name }) => [name, FIELD_VALUE]));
  return { fields, own: { ...values, f: ITEM_FORM_PARAM } as { f: typeof ITEM_FORM_PARAM } };
}

/** Once for each version of a layer. */
function equalityParams(layer: Pick<Layer, 'fields'>): ReturnType<typeof makeEqualityParams> {
  const known = EQUALITY_PARAMS.get(layer) ?? makeEqualityParams(layer);
  EQUALITY_PARAMS.set(layer, known);
  return known;
}

/**
 * The parameters of a collection's items. A value for a field narrows as `field = value` in the filter does; of a list of
 * texts it asks whether it holds that one.
 * @throws InvalidParameter, InvalidFilter
 */
export function parseItemParams(address: string, layer: Pick<Layer, 'fields'>) {
  const { fields, own } = equalityParams(layer);
  const params = parseParams(address, ITEM_PARAMS, own);
  const given = params as unknown as Readonly<Record<string, string | undefined>>;
  const equalities = fields.flatMap((field) => {
    const text = given[field.name];
    return text === undefined ? [] : [equality(field, text)];
  });
  return { ...params, filter: narrowed(params.filter, equalities) };
}
export type ItemParams = ReturnType<typeof parseItemParams>;

const EXPECTED: Readonly<Record<Field['type'], string>> = {
  string: 'a text',
  strings: 'a text',
  integer: 'a whole number, such as 3',
  number: 'a number, such as 2.5',
  boolean: 'true or false',
  date: 'a day, such as 2022-03-27',
  datetime: 'an instant, such as 2022-03-27T06:00:00Z',
};

function literal(type: Field['type'], text: string): Literal | undefined {
  switch (type) {
    case 'string':
    case 'strings':
      return text.includes('\0') ? undefined : text;
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
        ? Number(text)
        : undefined;
    case 'boolean':
      // GDAL writes truths as numbers.
      return /^(true|false|1|0)$/.test(text) ? text === 'true' || text === '1' : undefined;
    case 'date':
      return isDate(text) ? { date: text } : undefined;
    case 'datetime':
      return isTimestamp(text) ? { timestamp: text } : undefined;
  }
}

function equality({ name, type }: Field, text: string): Predicate {
  const value = literal(type, text);
  if (value !== undefined) return { op: '=', args: [{ property: name }, value] };
  const detail = `${name} is compared with ${EXPECTED[type]}: "${text.slice(0, 40)}" is not one.`;
  throw new InvalidParameter([{ parameter: name, detail }]);
}

function narrowed(filter: ParsedFilter | undefined, equalities: readonly Predicate[]): ParsedFilter | undefined {
  const all = [...(filter ? [filter.predicate] : []), ...equalities];
  const [first, ...rest] = all;
  if (first === undefined) return undefined;
  const positions = filter?.positions ?? new WeakMap();
  return { predicate: rest.length === 0 ? first : { op: 'and', args: all }, positions };
}

/** All of an address that decides which records of a collection there are, and in what order. */
export function questionOf(address: string, layer: Pick<Layer, 'id'>): string {
  const query = [...new URLSearchParams(queryOf(address))].filter(([name]) => !ABOUT_FORM.has(name));
  return JSON.stringify([layer.id, query.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

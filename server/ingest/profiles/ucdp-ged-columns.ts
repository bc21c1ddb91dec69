import type { InferredColumn } from '../infer-schema.ts';
import { columnFinder, type Table } from '../propose/table.ts';

/** Names that columns have had in other versions. */
const OLDER: Readonly<Record<string, readonly string[]>> = {
  id: ['event_id'],
  best: ['best_est', 'best_estimate'],
  high: ['high_est', 'high_estimate'],
  low: ['low_est', 'low_estimate'],
  side_a: ['sidea'],
  side_b: ['sideb'],
};

/** Of 49: the order since 2017. */
const ORDER_OF_49 = [
  ...['id', 'relid', 'year', 'active_year', 'code_status', 'type_of_violence', 'conflict_dset_id', 'conflict_new_id'],
  ...['conflict_name', 'dyad_dset_id', 'dyad_new_id', 'dyad_name', 'side_a_dset_id', 'side_a_new_id', 'side_a'],
  ...[
    'side_b_dset_id',
    'side_b_new_id',
    'side_b',
    'number_of_sources',
    'source_article',
    'source_office',
    'source_date',
  ],
  ...['source_headline', 'source_original', 'where_prec', 'where_coordinates', 'where_description', 'adm_1', 'adm_2'],
  ...[
    'latitude',
    'longitude',
    'geom_wkt',
    'priogrid_gid',
    'country',
    'country_id',
    'region',
    'event_clarity',
    'date_prec',
  ],
  ...['date_start', 'date_end', 'deaths_a', 'deaths_b', 'deaths_civilians', 'deaths_unknown', 'best', 'high', 'low'],
  ...['gwnoa', 'gwnob'],
];

/** Around the two dates the order has always been the same. */
const BEFORE_DATES = [
  'latitude',
  'longitude',
  'geom_wkt',
  'priogrid_gid',
  'country',
  'country_id',
  'region',
  'event_clarity',
  'date_prec',
];
const AFTER_DATES = ['deaths_a', 'deaths_b', 'deaths_civilians', 'deaths_unknown', 'best'];

type Find = (...names: readonly string[]) => string | undefined;

/** Finds the columns of a file of GED by the names of today; null when it is no such file. */
export function findGedColumns(table: Table): Find | null {
  const { columns } = table;
  const find = columnFinder(columns);
  const named: Find = (...names) => find(...names.flatMap((name) => [name, ...(OLDER[name] ?? [])]));
  if (['type_of_violence', 'where_prec', 'date_start', 'best'].every((name) => named(name) !== undefined)) return named;
  return columns.every((column, at) => column === `c${at + 1}`) ? findByPlace(table) : null;
}

const isText = (column: InferredColumn | undefined) => column?.type === 'text' || column?.type === 'enumeration';
const isDate = (column: InferredColumn | undefined) => column?.type === 'date' || column?.type === 'datetime';
const isWhole = (column: InferredColumn | undefined) => column?.type === 'integer';

/** Without a header, the columns are told by what is in them: two dates with six numbers behind, the point before. */
function findByPlace({ columns, layer }: Table): Find | null {
  if (columns.length < 35 || columns.length > 52 || layer.location?.type !== 'wkt') return null;
  const inferred = new Map(layer.fields.map((column) => [column.name, column]));
  const at = (index: number) => inferred.get(columns[index] ?? '');
  const point = columns.indexOf(layer.location.column);
  const start = columns.findIndex(
    (_, index) =>
      index > point &&
      isDate(at(index)) &&
      isDate(at(index + 1)) &&
      AFTER_DATES.every((__, n) => isWhole(at(index + 2 + n))),
  );
  if (start < 0 || start - point !== BEFORE_DATES.length - BEFORE_DATES.indexOf('geom_wkt')) return null;
  const places = new Map<string, number>();
  if (columns.length === ORDER_OF_49.length) for (const [index, name] of ORDER_OF_49.entries()) places.set(name, index);
  else {
    for (const [n, name] of BEFORE_DATES.entries()) places.set(name, start - BEFORE_DATES.length + n);
    places.set('date_start', start).set('date_end', start + 1);
    for (const [n, name] of AFTER_DATES.entries()) places.set(name, start + 2 + n);
    places.set('id', 0);
    nameBounds(at, start + 2 + AFTER_DATES.length, places);
    namePlaces(at, start - BEFORE_DATES.length, places);
    nameSides(columns.length, at, point, places);
  }
  return (...names) => {
    const index = names.map((name) => places.get(name)).find((place) => place !== undefined);
    return index === undefined ? undefined : columns[index];
  };
}

/** Behind the best estimate come the low and the high one, in one order or the other: neither is called by its name. */
function nameBounds(
  at: (index: number) => InferredColumn | undefined,
  first: number,
  places: Map<string, number>,
): void {
  if (!isWhole(at(first)) || !isWhole(at(first + 1))) return;
  places.set('bound_1', first).set('bound_2', first + 1);
}

/**
 * Before the position stand how exact it is, the name of the place, in some versions its description, and the two levels
 * of regions.
 */
function namePlaces(
  at: (index: number) => InferredColumn | undefined,
  latitude: number,
  places: Map<string, number>,
): void {
  const exactness = [latitude - 4, latitude - 5].find((index) => isWhole(at(index)));
  if (exactness === undefined || !isText(at(exactness + 1))) return;
  places.set('where_prec', exactness).set('where_coordinates', exactness + 1);
  if (exactness === latitude - 5) places.set('where_description', exactness + 2);
  places.set('adm_1', latitude - 2).set('adm_2', latitude - 1);
}

/**
 * The type of violence stands before the numbers of the conflict; the texts behind it are the names of the conflict, the
 * dyad and the two sides.
 */
function nameSides(
  width: number,
  at: (index: number) => InferredColumn | undefined,
  point: number,
  places: Map<string, number>,
): void {
  const first = Array.from({ length: width }, (_, index) => index).find(
    (index) => index >= (isWhole(at(1)) ? 3 : 4) && isWhole(at(index)) && isWhole(at(index + 1)),
  );
  if (first === undefined) return;
  const texts: number[] = [];
  for (let index = first; index < point && texts.length < 4; index += 1) if (isText(at(index))) texts.push(index);
  const [conflict, , sideA, sideB] = texts;
  places.set('type_of_violence', first);
  if (conflict !== undefined) places.set('conflict_name', conflict);
  if (sideA !== undefined) places.set('side_a', sideA);
  if (sideB !== undefined) places.set('side_b', sideB);
}

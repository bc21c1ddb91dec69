import { type Layer, recordFields } from '../core/layer.ts';
import { EMPTY, ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';
import { type Access, isNotWithheldNow } from './withheld.ts';

/** Two versions of a layer that are held against each other. */
export interface VersionPair {
  /** Tables of their records. */
  readonly from: string;
  readonly to: string;
  /** Columns that both have. */
  readonly columns: readonly string[];
  /** What the caller may see: all else is in neither, nor is what is withheld by now, though it was public in one of them. */
  readonly access: Access;
  /** Of which records of each version, by `predicate`; all when it is left out. */
  readonly within?: { readonly from: Sql; readonly to: Sql };
}

/** A row of `diffCounts`. */
export interface DiffCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
}

/** A row of `diffRecords`. */
export interface DiffRow {
  readonly record_id: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Number of the record in the newer version, or where it is gone in the older one. */
  readonly fid: number;
  /** Which of the records with this id it is, from 1: where ids are their own it is the first. */
  readonly nth: number;
  /** Names of the fields that changed, `geometry` among them; empty unless it is changed. */
  readonly fields: readonly string[];
  /** A place on it, degrees: where it is, or was. */
  readonly lon: number;
  readonly lat: number;
}

/** Fields whose change is told: not the day on which a record came, which every upload gives anew. */
function comparedFields(layer: Pick<Layer, 'fields'>): readonly string[] {
  const names = recordFields(layer).map(({ name }) => name);
  return ['geometry', ...names.filter((name) => !['record_id', 'recorded_at'].includes(name))];
}

const BOUNDS: Readonly<Record<string, Sql>> = { valid_from: sql`lower`, valid_to: sql`upper` };

/** The value of a field in the version `side`. What names the upload and the line in its file says nothing of the record. */
function valueIn(side: 'older' | 'newer', name: string): Sql {
  const bound = BOUNDS[name];
  if (bound) return sql`${bound}(${ident(side, 'valid')})`;
  if (name === 'geometry') return ident(side, 'geom');
  const column = ident(side, name);
  if (name === 'source') return sql`regexp_replace(${column}, '^upload [0-9a-f]{8}$', 'upload')`;
  if (name === 'locator') return sql`regexp_replace(${column}, '^record [0-9]+$', 'record')`;
  return column;
}

const columnOf = (name: string) => (name === 'geometry' ? 'geom' : name in BOUNDS ? 'valid' : name);

/** Records side by side: those with the same id belong together, several of them in the order of their numbers. */
function sideBySide({ from, to, columns, access, within }: VersionPair, layer: Layer) {
  const side = (table: string, narrowed = EMPTY) =>
    sql`(SELECT *, row_number() OVER (PARTITION BY record_id ORDER BY fid) AS nth FROM ${ident('layer', table)}
      WHERE handling = ANY(${access.handling}::text[]) AND ${isNotWithheldNow(layer.id, access)}${narrowed})`;
  const differs = comparedFields(layer)
    .filter((name) => columns.includes(columnOf(name)))
    .map((name) => ({ name, differs: sql`${valueIn('older', name)} IS DISTINCT FROM ${valueIn('newer', name)}` }));
  const isChanged = join(
    differs.map((field) => field.differs),
    sql` OR `,
  );
  return {
    change: sql`CASE WHEN older.fid IS NULL THEN 'added' WHEN newer.fid IS NULL THEN 'removed' WHEN ${isChanged} THEN 'changed' ELSE 'same' END`,
    differs,
    pairs: sql`${side(from, within && sql` AND ${within.from}`)} AS older
      FULL JOIN ${side(to, within && sql` AND ${within.to}`)} AS newer ON older.record_id = newer.record_id AND older.nth = newer.nth`,
  };
}

/** How many records differ: one row as DiffCounts. */
export function diffCounts(pair: VersionPair, layer: Layer): Query {
  const { change, pairs } = sideBySide(pair, layer);
  const count = (kind: string) => sql`count(*) FILTER (WHERE change = ${kind}::text)::integer`;
  return toQuery(sql`SELECT ${count('added')} AS added, ${count('changed')} AS changed, ${count('removed')} AS removed,
    ${count('same')} AS same FROM (SELECT ${change} AS change FROM ${pairs}) AS pair`);
}

export interface DiffPage {
  readonly limit: number;
  /** The last record of the page before; of several with one id `nth` tells it, absent: all of these were seen. */
  readonly after: { readonly recordId: string; readonly nth: number | undefined } | null;
}

/** The records that differ, in the order of their ids, from behind `after` on: rows as DiffRow. */
export function diffRecords(pair: VersionPair, layer: Layer, { limit, after }: DiffPage): Query {
  const { change, differs, pairs } = sideBySide(pair, layer);
  const names = differs.map((field) => sql`CASE WHEN ${field.differs} THEN ${field.name}::text END`);
  const isLater =
    after === null
      ? EMPTY
      : after.nth === undefined
        ? sql` AND record_id > ${after.recordId}::text`
        : sql` AND (record_id, nth) > (${after.recordId}::text, ${after.nth}::bigint)`;
  const compared = sql`SELECT coalesce(newer.record_id, older.record_id) AS record_id, ${change} AS change,
      coalesce(newer.nth, older.nth) AS nth, coalesce(newer.fid, older.fid) AS fid, coalesce(newer.geom, older.geom) AS geom,
      array_remove(ARRAY[${join(names, sql`, `)}], NULL) AS fields
    FROM ${pairs}`;
  return toQuery(sql`SELECT record_id, nth, change, fid, CASE change WHEN 'changed' THEN fields ELSE '{}' END AS fields,
      ST_X(place) AS lon, ST_Y(place) AS lat
    FROM (SELECT * FROM (${compared}) AS compared WHERE change <> 'same'${isLater}
      ORDER BY record_id, nth LIMIT ${limit}::integer) AS page,
      LATERAL (SELECT ST_PointOnSurface(geom) AS place) AS placed
    ORDER BY record_id, nth`);
}

import { type Layer, recordFields } from '../../core/layer.ts';
import type { Target } from '../../core/mapping.ts';
import { columnFields, derivedColumns, LABEL_POINT, toMercator } from '../record-table.ts';
import { EMPTY, ident, join, more, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { newerBy } from '../staging/columns.ts';
import { type Staging, stagingTable } from '../staging/tables.ts';
import { isSound } from './staged.ts';

/** What is published: checked records of an upload, and how they meet those that the layer holds. */
export interface Merge {
  readonly layer: Layer;
  readonly staging: Staging;
  readonly mode: Target['mode'];
  /** Of an upsert: the field that must be greater; null: the record of the file always wins. */
  readonly newer: string | null;
  /** Table of the records that are served now; null: there is none. */
  readonly old: string | null;
  /** The greatest number that a record of the layer has ever had. */
  readonly lastFid: number;
}

const oldTable = (old: string) => ident('layer', old);

/** Ids that an appended file shares with the layer: one row `{ count, examples }`. */
export function sharedIds({ staging }: Merge, old: string): Query {
  return toQuery(sql`SELECT count(*) AS count, (array_agg(record_id ORDER BY record_id))[1:3] AS examples FROM (
      SELECT DISTINCT record_id FROM ${stagingTable(staging, 'typed')} WHERE ${isSound}
      INTERSECT SELECT record_id FROM ${oldTable(old)}
    ) AS shared`);
}

/** Whether records may be ones that the layer has, whose numbers they then keep. */
const knowsIds = ({ old, mode }: Merge) => old !== null && (mode === 'upsert' || mode === 'replace');

/** Whether the table `cell` has the numbers of the records, and no plan is needed. */
export const isNumberedByCells = (merge: Merge) =>
  merge.layer.geometry === 'point' && merge.mode !== 'upsert' && !knowsIds(merge);

/**
 * Makes the table `plan`: a record that the layer knows by its id keeps its number there, whatever version it is of; others
 * are numbered on in the order of the file.
 */
export function planMerge(merge: Merge): Query {
  const { layer, staging, mode, newer, old, lastFid } = merge;
  const typed = stagingTable(staging, 'typed');
  const stamp = newerBy(newer, recordFields(layer)) ?? sql`NULL::text`;
  const knows = knowsIds(merge);
  // Of records with the same id the newest counts where one of them can; elsewhere each is a record.
  const candidates =
    mode === 'upsert'
      ? sql`SELECT DISTINCT ON (record_id) idx, record_id, ${stamp} AS stamp, 1 AS nth FROM ${typed} WHERE ${isSound}
          ORDER BY record_id, ${stamp} DESC NULLS LAST, idx DESC`
      : sql`SELECT idx, record_id, ${knows ? sql`row_number() OVER (PARTITION BY record_id ORDER BY idx)` : sql`1`} AS nth
          FROM ${typed} WHERE ${isSound}`;
  const plan = sql`CREATE TABLE ${stagingTable(staging, 'plan')} AS`;
  if (!knows) {
    return toQuery(sql`${plan} SELECT idx, ${lastFid}::bigint + row_number() OVER (ORDER BY idx) AS fid
      FROM (${candidates}) AS given`);
  }
  const known = sql`LEFT JOIN (SELECT record_id, min(fid) AS fid, ${newer === null ? sql`NULL::text` : sql`max(${stamp})`} AS stamp
      FROM ${oldTable(old as string)} GROUP BY record_id) AS known ON known.record_id = given.record_id AND given.nth = 1`;
  const wins =
    newer !== null
      ? sql`WHERE known.fid IS NULL OR (given.stamp IS NOT NULL AND (known.stamp IS NULL OR given.stamp > known.stamp))`
      : EMPTY;
  return toQuery(sql`${plan} SELECT idx, coalesce(fid, ${lastFid}::bigint + row_number() OVER (PARTITION BY fid IS NULL ORDER BY idx)) AS fid
    FROM (SELECT given.idx, known.fid FROM (${candidates}) AS given ${known} ${wins}) AS numbered`);
}

/** After the plan and the cells: what a query is planned by. */
export function analyzePlan(merge: Merge): Query[] {
  const { staging, layer } = merge;
  const plan = isNumberedByCells(merge) ? [] : (['plan'] as const);
  const parts = layer.geometry === 'point' ? ([...plan, 'cell'] as const) : plan;
  return parts.map((part) => toQuery(sql`ANALYZE ${stagingTable(staging, part)}`));
}

/** Which of the records that the layer holds stay; null: none. */
function staying({ staging, mode }: Merge): Sql | null {
  const typed = stagingTable(staging, 'typed');
  switch (mode) {
    case 'new':
    case 'replace':
      return null;
    case 'append':
      return sql`TRUE`;
    case 'upsert':
      return sql`NOT EXISTS (SELECT FROM ${stagingTable(staging, 'plan')} AS plan JOIN ${typed} AS typed USING (idx) WHERE typed.record_id = kept.record_id)`;
    case 'delete':
      return sql`NOT EXISTS (SELECT FROM ${typed} AS typed WHERE typed.record_id = kept.record_id AND ${isSound})`;
  }
}

/**
 * Makes the table `into` of records by the plan. Neighbours on the map become neighbours on the disk. Made by what it is to
 * hold, not filled: so that PostgreSQL projects, labels and sorts parts side by side.
 */
export function fillMerged(merge: Merge, into: Sql): Query {
  const { layer, staging, mode, old } = merge;
  const fields = columnFields(layer).map(({ name }) => ident(name));
  const ofTyped = fields.map((field) => sql`typed.${field}`);
  const derived = derivedColumns(layer).map((name) => ident(name));
  const columns = sql`fid, ${join(fields, sql`, `)}, valid, geom${more(derived)}`;
  const isPoint = layer.geometry === 'point';
  const label = layer.geometry === 'polygon' ? sql`, (${LABEL_POINT})::geometry(Point, 3857) AS label_3857` : EMPTY;
  const plan = sql`${stagingTable(staging, 'plan')} AS plan`;
  const cell = sql`${stagingTable(staging, 'cell')} AS cell`;
  const isNumbered = isNumberedByCells(merge);
  const planned = isNumbered ? cell : isPoint ? sql`${plan} JOIN ${cell} USING (idx)` : plan;
  // A step of its own: the label is looked for in what is projected, which is to be worked out once.
  const projected = sql`SELECT ${isNumbered ? sql`cell.fid` : sql`plan.fid`} AS fid, ${join(ofTyped, sql`, `)}, valid, geom${isPoint ? sql`, cell.cell AS h3_base` : EMPTY},
      (${toMercator(layer.geometry)})::geometry(Geometry, 3857) AS geom_3857, azalai.apart() AS apart
    FROM ${planned} JOIN ${stagingTable(staging, 'typed')} AS typed USING (idx)`;
  const incoming = sql`SELECT fid, ${join(fields, sql`, `)}, valid, geom, geom_3857${isPoint ? sql`, h3_base` : EMPTY}${label}
    FROM (${projected}) AS projected`;
  const stays = old === null ? null : staying(merge);
  const kept = stays ? [sql`SELECT ${columns} FROM ${oldTable(old as string)} AS kept WHERE ${stays}`] : [];
  const parts = [...(mode === 'delete' ? [] : [incoming]), ...kept];
  return toQuery(sql`CREATE TABLE ${into} AS
    SELECT ${columns} FROM (${join(parts, sql` UNION ALL `)}) AS merged ORDER BY geom`);
}

/** What a table that was made so does not yet promise. */
export function constrainMerged({ layer }: Merge, into: Sql): Query {
  const columns = ['fid', 'geom', ...derivedColumns(layer)].map((name) => sql`ALTER ${ident(name)} SET NOT NULL`);
  return toQuery(sql`ALTER TABLE ${into} ${join(columns, sql`, `)}`);
}

/** What a table of records holds: a row `{ count, shown (of them to anybody), last (the greatest number) }`. */
export function countMerged(table: string): Query {
  return toQuery(sql`SELECT count(*) AS count, count(*) FILTER (WHERE handling = 'public') AS shown,
    coalesce(max(fid), 0) AS last FROM ${ident('layer', table)}`);
}

import type { Checking, Rule } from '../checks/check.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { FAULTS } from './extra-columns.ts';
import { stagingTable } from './tables.ts';

/** A fault is kept with its record as "<effect><number of the rule> <value>" until all records are in. */
const EFFECT = { out: '!', repair: '~', none: '.' } as const;

const VALUE_LENGTH = 120;

const effectOf = ({ severity, isRepair }: Rule) =>
  severity === 'error' ? EFFECT.out : isRepair ? EFFECT.repair : EFFECT.none;

/** `text[]`: what the rules find in a row; NULL for nothing. */
export function faultsOf(rules: readonly Rule[]): Sql {
  if (rules.length === 0) return sql`NULL::text[]`;
  const found = rules.map(
    (rule, n) =>
      sql`CASE WHEN ${rule.when} THEN ${`${effectOf(rule)}${n} `}::text || coalesce(left(${rule.value}, ${VALUE_LENGTH}::integer), '') END`,
  );
  const isAny = join(
    rules.map(({ when }) => sql`(${when})`),
    sql` OR `,
  );
  // What the reading has kept out is not looked at again; most records have none, and are asked for no list.
  return sql`CASE WHEN was <> 'quarantined' AND (${isAny}) THEN nullif(array_remove(ARRAY[${join(found, sql`, `)}]::text[], NULL), '{}') END`;
}

const some = (faults: Sql, effect: string) =>
  sql`(${faults} IS NOT NULL AND EXISTS (SELECT FROM unnest(${faults}) AS fault WHERE starts_with(fault, ${effect}::text)))`;

export const isKeptOut = (faults: Sql): Sql => some(faults, EFFECT.out);
export const isRepaired = (faults: Sql): Sql => some(faults, EFFECT.repair);

/**
 * Writes what the rules found into the table of issues. A column that fills several fields is told of once for a record, by
 * the worst that came of it. `part`: name of the layer of the file, where it has several. */
export function recordFaults({ staging }: Checking, rules: readonly Rule[], part: string | null): Query {
  const told = rules.map(({ code, severity, pointer, detail, done }, n) => ({
    n,
    code,
    severity,
    pointer,
    detail,
    done,
  }));
  return toQuery(sql`INSERT INTO ${stagingTable(staging, 'issue')} (phase, idx, code, severity, part, line, byte, pointer, value, detail, done)
    SELECT phase, idx, code, severity, part, line, byte, pointer, value, detail, done FROM (
    SELECT DISTINCT ON (typed.idx, rule.code, rule.pointer) 2 AS phase, typed.idx, rule.code, rule.severity, ${part}::text AS part, read.line, read.byte, rule.pointer,
      nullif(substr(fault, strpos(fault, ' ') + 1), '') AS value, rule.detail, rule.done, rule.n
    FROM ${stagingTable(staging, 'typed')} AS typed
    JOIN ${stagingTable(staging, 'read')} AS read ON read.idx = typed.idx
    CROSS JOIN LATERAL unnest(typed.${FAULTS}) AS fault
    JOIN jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS rule (n integer, code text, severity text, pointer text, detail text, done text)
      ON rule.n = substr(fault, 2, strpos(fault, ' ') - 2)::integer
    WHERE typed.${FAULTS} IS NOT NULL
    ORDER BY typed.idx, rule.code, rule.pointer, rule.severity <> 'error', rule.severity <> 'warning', rule.n) AS told ORDER BY idx, n`);
}

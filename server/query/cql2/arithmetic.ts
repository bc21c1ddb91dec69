import type { ArithmeticOp } from '../../core/cql2/operators.ts';
import { type Sql, sql } from '../sql.ts';

/** Beyond 1e100 a number is unknown to arithmetic, and under 1e-100 it is 0: then PostgreSQL never fails over a result. */
const INSIDE = sql`abs("L") <= 1e100 AND abs("R") <= 1e100`;

/** Remainder and whole quotient are those of the decimal numbers as they are written, so that 0.3 div 0.1 is 3. */
const RESULT: Readonly<Record<ArithmeticOp, Sql>> = {
  '+': sql`CASE WHEN ${INSIDE} THEN "L" + "R" END`,
  '-': sql`CASE WHEN ${INSIDE} THEN "L" - "R" END`,
  '*': sql`CASE WHEN ${INSIDE} THEN CASE WHEN abs("L") < 1e-100 OR abs("R") < 1e-100 THEN 0 ELSE "L" * "R" END END`,
  '/': sql`CASE WHEN ${INSIDE} AND abs("R") >= 1e-100 THEN CASE WHEN abs("L") < 1e-100 THEN 0 ELSE "L" / "R" END END`,
  '%': sql`CASE WHEN ${INSIDE} AND abs("R") >= 1e-100 THEN mod("L"::text::numeric, "R"::text::numeric)::float8 END`,
  div: sql`CASE WHEN ${INSIDE} AND abs("R") >= 1e-100 THEN div("L"::text::numeric, "R"::text::numeric)::float8 END`,
  '^': sql`CASE WHEN ${INSIDE} THEN CASE WHEN abs("R") < 1e-100 THEN 1
    WHEN abs("L") < 1e-100 THEN CASE WHEN "R" > 0 THEN 0 END
    WHEN "L" < 0 AND "R" <> trunc("R") THEN NULL
    WHEN "R" * ln(abs("L")) > 460 THEN NULL
    WHEN "R" * ln(abs("L")) < -460 THEN 0
    ELSE power("L", "R") END END`,
};

/**
 * Two numbers calculated as double precision, NULL where there is no result. The two are named in a query of their own,
 * because every rule asks for them again and they may be long; OFFSET 0 keeps the planner from writing them out again.
 * No field has a name in capitals.
 */
export function calculate(op: ArithmeticOp, left: Sql, right: Sql): Sql {
  return sql`(SELECT ${RESULT[op]} FROM (SELECT ${left}::float8 AS "L", ${right}::float8 AS "R" OFFSET 0) AS pair)`;
}

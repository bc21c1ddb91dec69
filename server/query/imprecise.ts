import { type Sql, sql } from './sql.ts';

/** Whether a record's position is not known to be within so many metres; without a number none is imprecise. */
export const isImprecise = (preciseM: number | undefined): Sql =>
  preciseM === undefined ? sql`false` : sql`(precision_m <= ${preciseM}::float8) IS NOT TRUE`;

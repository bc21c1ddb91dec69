import type { Mapping } from '../../core/mapping.ts';
import { ident, type Sql } from '../sql.ts';

/** Columns that `typed` has only while it is checked. No field can have such a name. */

/** What rules found in a record, see faults.ts. */
export const FAULTS = ident('#faults');

/** Equal for records that are equal in the file. */
export const FINGERPRINT = ident('#fingerprint');

/** The region of a level that the record says it lies in. */
export const regionColumn = (level: number): Sql => ident(`#region${level}`);

/** The columns that name regions, one for each level: a level that is named twice counts once. */
export const regionLevels = ({ regions }: Mapping): Mapping['regions'] =>
  regions.filter(({ level }, at) => regions.findIndex((other) => other.level === level) === at);

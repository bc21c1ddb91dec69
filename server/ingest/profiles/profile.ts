import type { Mapping } from '../../core/mapping.ts';
import type { Surroundings, Table } from '../propose/table.ts';

/** A kind of file that is known by its columns. */
export interface Profile {
  /** Stable, for machines. */
  readonly name: string;
  /** The mapping of such a file; null when it is none. Pure. */
  readonly propose: (table: Table, surroundings: Surroundings) => Mapping | null;
}

import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Layer } from '../../core/layer.ts';
import type { Mapping, Repair } from '../../core/mapping.ts';
import type { Query, Sql } from '../sql.ts';
import type { Cell } from '../staging/cell.ts';
import type { Staging } from '../staging/tables.ts';

/** What the checks of staged records know beside the records. */
export interface Checking {
  readonly staging: Staging;
  readonly mapping: Mapping;
  /** In which the records are to be. */
  readonly layer: Layer;
  /** The day that counts as today, `YYYY-MM-DD`. */
  readonly today: string;
  /** The layer of boundaries that regions are looked up in; null: there is none. */
  readonly regions: PublishedLayer | null;
  /** By levels, where several layers have boundaries; of another level it is `regions`. */
  readonly regionsOf?: ReadonlyMap<number, PublishedLayer>;
  /** The version in service of the layer that the records are for; absent: it is a new one. */
  readonly served?: PublishedLayer | null;
  /** The fields that the mapping fills. */
  readonly cells: readonly Cell[];
}

/**
 * One thing that can be wrong with a record and is told by the record alone: a condition over the columns of the step
 * before (`server/query/staging/fill.ts`), looked at while the table is filled.
 */
export interface Rule {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** Name of the column of the file, or JSON pointer inside the feature. */
  readonly pointer: string | null;
  readonly detail: string;
  /** What was done about it. */
  readonly done: string | null;
  /** The record was changed in a way that its sender should know of: its outcome is "repaired". */
  readonly isRepair?: true;
  readonly when: Sql;
  /** Text: what stands in the file. */
  readonly value: Sql;
}

/** A check that gives rules: pure, from what is known beforehand. */
export type RecordCheck = (checking: Checking) => readonly Rule[];

/** A check that looks at records together: statements to be run one after the other, none when it does not apply. */
export type SetCheck = (checking: Checking) => readonly Query[];

export const isOn = ({ mapping }: Checking, repair: Repair) => mapping.repairs.includes(repair);

/** Nothing but ids is asked of a list of records to delete. */
export const isDeletion = ({ mapping }: Checking) => mapping.target.mode === 'delete';

/** The name by which a sender finds the value in the file. */
export const pointerOf = ({ source }: Cell) => ('column' in source ? source.column : null);

import type { Field } from '../../core/layer.ts';
import type { Value } from '../../core/mapping.ts';
import type { Sql } from '../sql.ts';

/** A field to be filled, and what is known of it at each step of the filling. */
export interface Cell {
  readonly field: Field;
  readonly source: Value;
  /** The text of the file, trimmed; of a list its texts. NULL: there is none. */
  readonly text: Sql;
  /** Of text in a wrong encoding: as it was before. Null where that is not looked for. */
  readonly mended: Sql | null;
  /** The value in the type of the field. NULL: none, or the text is none of that type. */
  readonly value: Sql;
  /** What steps of the filling are to work out; what is the same for all records, or the same as of a cell before, is not. */
  readonly makes: { readonly text: boolean; readonly value: boolean };
}

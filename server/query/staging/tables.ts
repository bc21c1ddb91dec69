import { ident, type Sql } from '../sql.ts';

/** The tables of an upload, by its id (a UUID). */
export interface Staging {
  readonly upload: string;
}

/**
 * `read`: the records as the file has them, after what can be told of each alone was checked and mended.
 * `typed`: the same with the fields of the layer that they are to be in, in EPSG:4326.
 * `issue`: what there is to say of them.
 */
export type StagingPart = 'read' | 'typed' | 'issue';

/**
 * Tables within one transaction. `near`, `crowd`: while near records are looked for. `plan`, `cell`: while an upload is published, the
 * number in the layer of each record that goes in, and its H3 cell. Not temporary ones, which parallel workers cannot read.
 */
type PassingPart = 'near' | 'crowd' | 'plan' | 'cell';

export function stagingTable({ upload }: Staging, part: StagingPart | PassingPart): Sql {
  return ident('staging', `${upload.replaceAll('-', '')}_${part}`);
}

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
 * Tables that pass. `near`, `crowd`: while near records are looked for. Within one transaction `plan`, `cell`: while an upload is published, the
 * number in the layer of each record that goes in, and its H3 cell. Not temporary ones, which parallel workers cannot read.
 */
type PassingPart = 'near' | 'crowd' | 'plan' | 'cell';

/** A large version while it is made, until the transaction that publishes it takes it over. */
type VersionPart = 'version';

/** The name without its schema, which is "staging". */
export function stagingName({ upload }: Staging, part: StagingPart | PassingPart | VersionPart): string {
  return `${upload.replaceAll('-', '')}_${part}`;
}

export function stagingTable(staging: Staging, part: StagingPart | PassingPart | VersionPart): Sql {
  return ident('staging', stagingName(staging, part));
}

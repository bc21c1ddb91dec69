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

export function stagingTable({ upload }: Staging, part: StagingPart): Sql {
  return ident('staging', `${upload.replaceAll('-', '')}_${part}`);
}

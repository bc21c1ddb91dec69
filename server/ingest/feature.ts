import type { Geometry } from 'geojson';

/** Where in the file something is: what its sender needs to find it again. Lines, rows and features count from 1. */
export interface Place {
  /** Of an archive or a workbook: the member, layer or sheet. */
  readonly part?: string;
  readonly line?: number;
  /** From the beginning of the (unpacked) file, 0. */
  readonly byte?: number;
  /** JSON pointer (RFC 6901) inside the feature, or the name of a column. */
  readonly pointer?: string;
}

/** One record as the file has it, before anything is checked. */
export interface SourceFeature {
  /** In the order of the file, from 1. */
  readonly index: number;
  readonly place: Place;
  /** As the file gives it; null when it gives none. */
  readonly id: string | number | null;
  /** Coordinates as they stand in the file, in the reference system of its layer; null: the record has no position. */
  readonly geometry: Geometry | null;
  /** In the file's order; nested values are kept as they are. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Something that a reader, a check or a repair has to say of a record or of the file. */
export interface Issue {
  /** Stable and telling: `ring-clockwise`, `not-json`, `too-deep`. */
  readonly code: string;
  /** Errors keep a record out (or end the reading), warnings ask for a look, notes say what was done. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Of the feature; null: of the file. */
  readonly index: number | null;
  readonly place: Place;
  /** What stands there, shortened to be read. */
  readonly value: string | null;
  /** Plain words: what is wrong, and what would be right. */
  readonly detail: string;
}

/** A layer of the file begins: what follows, up to the next, is in it. */
export interface SourceLayer {
  /** Null where the format has one layer without a name. */
  readonly name: string | null;
  /** EPSG number, or WKT; null: the format says nothing (GeoJSON's is 4326 by RFC 7946). */
  readonly crs: number | string | null;
  /** Column names in order, where the format has them beforehand. */
  readonly columns: readonly string[] | null;
}

/** What reading a file gives, in the order of the file. */
export type Reading =
  | { readonly type: 'layer'; readonly layer: SourceLayer }
  | { readonly type: 'feature'; readonly feature: SourceFeature }
  | { readonly type: 'issue'; readonly issue: Issue };

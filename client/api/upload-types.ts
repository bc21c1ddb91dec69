import type { Geometry } from 'geojson';
import type { Mapping } from '../../server/core/mapping.ts';

/** Uploads as the server describes them; parts of them come later than others. */

export interface UploadProgress {
  readonly stage?: 'receiving' | 'reading' | 'checking' | 'preview' | 'publishing';
  readonly done?: number | null;
  readonly total?: number | null;
  readonly features?: number | null;
  readonly secondsLeft?: number | null;
}

export interface UploadColumn {
  readonly name: string;
  readonly type: string;
  readonly values: number;
  readonly categories: readonly { readonly value: string; readonly count: number }[] | null;
}

export interface UploadLayer {
  readonly name: string | null;
  readonly crs: number | string | null;
  readonly columns: readonly string[] | null;
  readonly features: number;
  readonly geometries: readonly string[];
  readonly fields: readonly UploadColumn[];
}

export type Severity = 'error' | 'warning' | 'note';

export interface UploadAccount {
  readonly read: number;
  readonly unchanged: number;
  readonly repaired: number;
  readonly unlocated: number;
  readonly quarantined: number;
  readonly skipped: number;
  readonly issues: readonly { readonly code: string; readonly severity: Severity; readonly count: number }[];
}

export interface UploadReport {
  readonly format: string;
  readonly layers?: readonly UploadLayer[] | null;
  readonly account?: UploadAccount | null;
  readonly isComplete?: boolean;
  /** West, south, east, north. */
  readonly bbox?: readonly number[] | null;
}

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly bytes: number | null;
  readonly state: 'receiving' | 'reading' | 'checking' | 'ready' | 'publishing' | 'published' | 'failed';
  readonly progress?: UploadProgress | null;
  readonly error?: { readonly code: string; readonly detail: string } | null;
  readonly sameAs?: readonly string[] | null;
  readonly profile?: string | null;
  readonly report?: UploadReport | null;
  readonly mapping?: Mapping | null;
  readonly changes?: Readonly<Record<'added' | 'changed' | 'removed' | 'same', number>> | null;
  readonly published?: { readonly collection: string; readonly generation: number } | null;
  readonly createdAt?: string;
}

export interface UploadIssue {
  readonly id: number;
  /** Number of the record; null: of the file. */
  readonly idx: number | null;
  /** Longitude, latitude in degrees, where the record lies somewhere. */
  readonly at?: readonly number[] | null;
  readonly code: string;
  readonly severity: Severity;
  readonly part?: string | null;
  readonly line?: number | null;
  readonly pointer?: string | null;
  readonly value?: string | null;
  readonly detail?: string | null;
  readonly done?: string | null;
}

export interface IssuePage {
  readonly issues: readonly UploadIssue[];
  /** What the next page comes after; null: there is none. */
  readonly next: number | null;
}

/** A record with an issue: where it lies as it would be published, and as the file has it where that is another place. */
export interface IssueRecord {
  readonly id: number;
  readonly geometry: Geometry | null;
  readonly before?: Geometry | null;
}

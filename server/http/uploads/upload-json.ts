import type { Changes } from '../../query/staging/changes.ts';
import type { UploadRow } from '../../query/upload-doors.ts';

/** An upload as callers see it. `changes` against what is published: null when that is not known, or nothing is. */
export function toUploadJson(row: UploadRow, changes: Changes | null = null) {
  const { id, name, bytes, sha256, state, progress, error, report, mapping } = row;
  const profile = typeof report?.profile === 'string' ? report.profile : null;
  const published =
    row.collection === null || row.generation === null || state !== 'published'
      ? null
      : { collection: row.collection, generation: row.generation };
  return {
    ...{ id, name, bytes, sha256, state, progress, error },
    sameAs: row.same_as,
    profile,
    report,
    mapping,
    changes,
    published,
    createdAt: row.created_at,
  };
}

/** In a list: without what may be long. */
export function toListedUpload(row: UploadRow) {
  const { report: _report, mapping: _mapping, changes: _changes, profile: _profile, ...listed } = toUploadJson(row);
  return listed;
}

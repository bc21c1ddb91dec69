import type { FileReport } from '../../../ingest/report.ts';
import type { Checking } from '../../../query/checks/check.ts';
import type { Run } from '../../../query/sql.ts';
import { type FileIssue, knowsSystem, sourceSrid } from '../../../query/staging/finish.ts';
import type { SourceSystem } from '../../../query/staging/shapes.ts';

interface Found {
  readonly system: SourceSystem;
  readonly issues: readonly FileIssue[];
}

const WGS84 = 4326;

/**
 * In which reference system the coordinates are: that of the mapping, else the file's. Where none is known, or not here,
 * it is an error of the file, and no record has a position.
 */
export async function findSystem(run: Run, checking: Checking, report: FileReport): Promise<Found> {
  const { mapping } = checking;
  if (mapping.target.mode === 'delete') return { system: WGS84, issues: [] };
  const told = report.layers[mapping.part]?.crs ?? null;
  const [shape] = await run<{ srid: number }>(sourceSrid(checking));
  if (!shape) return { system: WGS84, issues: [] };
  const system = mapping.crs ?? (shape.srid > 0 ? shape.srid : told);
  if (typeof system === 'string') return { system, issues: [] };
  if (system === WGS84) return { system, issues: [] };
  if (system !== null) {
    const [answer] = await run<{ known: boolean }>(knowsSystem(system));
    if (answer?.known) return { system, issues: [] };
  }
  return { system: null, issues: [crsUnknown(system)] };
}

const crsUnknown = (system: number | null): FileIssue => ({
  code: 'crs-unknown',
  severity: 'error',
  pointer: null,
  value: system === null ? null : `EPSG:${system}`,
  detail:
    system === null
      ? 'The file does not say in which reference system its coordinates are. Set the EPSG number in the mapping.'
      : 'This reference system is not known here. Set another EPSG number in the mapping.',
  done: null,
});

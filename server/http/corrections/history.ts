import type { Feature, Geometry } from 'geojson';
import type { Author } from '../../core/authors.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { type ChangeKind, compareRecords, type FieldChange } from '../../core/correction.ts';
import { FeatureNotFound } from '../../core/errors.ts';
import { type ItemRow, toFeature } from '../../encode/feature.ts';
import { parseDefinition } from '../../jobs/publish/target-layer.ts';
import { type CorrectionRow, correctionsOf } from '../../query/correct/corrections.ts';
import type { Access } from '../../query/filter.ts';
import { itemQuery } from '../../query/items.ts';
import type { Run } from '../../query/sql.ts';
import { type VersionRow, versionsQuery } from '../../query/versions.ts';
import { isDropped } from '../dropped-version.ts';

/** Entries of one answer: of a record that was corrected more often the oldest are counted only. */
const MOST_ENTRIES = 100;
/** Characters of GeoJSON: of a longer geometry its kind is told. */
const LONGEST_GEOMETRY = 5_000;

/** How a record became what it is in a version. */
interface HistoryEntry {
  /** The version that has it so, and the one before. */
  readonly generation: number;
  readonly from: number | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly origin: VersionRow['origin'];
  readonly upload: string | null;
  readonly restored: number | null;
  readonly change: ChangeKind;
  /** A geometry that is too long to tell is `{ type, vertices, omitted: true }`. */
  readonly changes: readonly FieldChange[];
  /** Of a correction. */
  readonly reason: string | null;
  readonly author: Author | null;
}

export interface RecordHistory {
  readonly recordId: string | null;
  /** Whether it is in the version in service. */
  readonly isServed: boolean;
  /** The oldest version that could be looked at; what was corrected before is known too. */
  readonly since: number;
  /** How many entries there are that are older than these. */
  readonly more: number;
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
}

interface Seen {
  readonly version: VersionRow;
  readonly record: Feature | null;
}

/**
 * What became of a record, as far as the caller may see it: by the versions that are kept, whatever made them, and by the
 * corrections, which are kept always.
 * @throws FeatureNotFound when the caller could not see it in any of them
 */
export async function recordHistory(
  run: Run,
  layer: PublishedLayer,
  fid: number,
  access: Access,
  signal: AbortSignal,
): Promise<RecordHistory> {
  const versions = (await run<VersionRow>(versionsQuery(layer.id), signal)).toReversed();
  const seen: Seen[] = [];
  for (const version of versions) {
    const record = await recordIn(run, layer, version, fid, access, signal);
    if (record !== undefined) seen.push({ version, record });
  }
  const last = seen.at(-1)?.record ?? null;
  const known = seen.findLast(({ record }) => record)?.record;
  const named = known ? String(known.properties?.record_id) : null;
  const corrections = await run<CorrectionRow>(
    correctionsOf(layer, access, { item: fid, record: named }, MOST_ENTRIES),
    signal,
  );
  if (!known && corrections.length === 0) throw new FeatureNotFound(layer.id, String(fid));
  const since = seen[0]?.version.generation ?? layer.generation;
  const entries = [...corrected(versions, corrections, seen, fid), ...compared(seen, versions, corrections, fid)];
  const unread = (corrections[0]?.all ?? 0) - corrections.length;
  return {
    recordId: named ?? corrections[0]?.record ?? null,
    isServed: last !== null,
    since,
    more: unread + Math.max(0, entries.length - MOST_ENTRIES),
    entries: entries.toSorted((a, b) => b.generation - a.generation).slice(0, MOST_ENTRIES),
  };
}

/** The record in a version; null: it is not there, or not for the caller; undefined: the version is no longer kept. */
async function recordIn(
  run: Run,
  layer: PublishedLayer,
  { generation, table_name: table, count, definition }: VersionRow,
  fid: number,
  access: Access,
  signal: AbortSignal,
): Promise<Feature | null | undefined> {
  if (table === null) return undefined;
  const isServed = generation === layer.generation;
  const version = isServed
    ? layer
    : { ...layer, ...parseDefinition(definition), generation, table, count, generationInService: layer.generation };
  try {
    const [row] = await run<ItemRow>(itemQuery(version, { access }, fid), signal);
    return row ? toFeature(version, row) : null;
  } catch (error) {
    // Dropped since the list was read.
    if (isDropped(error)) return undefined;
    throw error;
  }
}

const isOf = (fid: number, generation: number) => (row: CorrectionRow) =>
  row.item === fid && row.generation === generation;

/** What differs from one version that is kept to the next. */
function compared(
  seen: readonly Seen[],
  versions: readonly VersionRow[],
  corrections: readonly CorrectionRow[],
  fid: number,
): HistoryEntry[] {
  return seen.flatMap(({ version, record }, index) => {
    const earlier = seen[index - 1];
    // Of the oldest that is kept it is not known what was before, unless it was the first of all.
    if (!earlier && version !== versions[0]) return [];
    // Between the two some may be no longer kept that corrected it: those are told by themselves.
    const between = corrections.findLast(
      ({ item, generation }) =>
        item === fid && earlier && generation > earlier.version.generation && generation < version.generation,
    );
    const before = between ? between.after : (earlier?.record ?? null);
    const changes = compareRecords(before, record);
    if (changes.length === 0) return [];
    const correction = corrections.find(isOf(fid, version.generation));
    const change: ChangeKind = before === null ? 'added' : record === null ? 'withdrawn' : 'changed';
    const from = between?.generation ?? earlier?.version.generation ?? null;
    return [toEntry(version, from, change, changes, correction)];
  });
}

/** Corrections that no two versions show which are kept, or of a number that the record had before. */
function corrected(
  versions: readonly VersionRow[],
  corrections: readonly CorrectionRow[],
  seen: readonly Seen[],
  fid: number,
): HistoryEntry[] {
  // Of the oldest that is kept nothing is compared, unless it was the first of all.
  const compared = seen.filter(({ version }, index) => index > 0 || version === versions[0]);
  const isShown = ({ generation }: CorrectionRow) => compared.some(({ version }) => version.generation === generation);
  return corrections
    .filter((row) => !isShown(row) || row.item !== fid)
    .flatMap((row) => {
      const version = versions.find(({ generation }) => generation === row.generation);
      return version
        ? [toEntry(version, row.from_generation, row.change, compareRecords(row.before, row.after), row)]
        : [];
    });
}

function toEntry(
  { generation, published_at: at, origin, upload, restored }: VersionRow,
  from: number | null,
  change: ChangeKind,
  changes: readonly FieldChange[],
  correction: CorrectionRow | undefined,
): HistoryEntry {
  const { reason = null, author = null } = correction ?? {};
  const told = changes.map((each) => ({
    ...each,
    before: bounded(each, each.before),
    after: bounded(each, each.after),
  }));
  return { generation, from, at, origin, upload, restored, change, changes: told, reason, author };
}

function bounded({ field }: FieldChange, value: unknown): unknown {
  if (field !== 'geometry' || value === null || JSON.stringify(value).length <= LONGEST_GEOMETRY) return value;
  const vertices = (JSON.stringify(value).match(/\[-?\d/g) ?? []).length;
  return { type: (value as Geometry).type, vertices, omitted: true };
}

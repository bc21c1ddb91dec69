import type { Feature, Geometry } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import {
  type ChangeKind,
  type ChangeSet,
  compareRecords,
  type FieldChange,
  type RecordChange,
} from '../../core/correction.ts';
import { FeatureNotFound } from '../../core/errors.ts';
import { isStorable } from '../../core/storable-text.ts';
import { type ItemRow, toFeature } from '../../encode/feature.ts';
import { recordTag, taggedRecord } from '../../encode/record-tag.ts';
import { withdrawnNumber } from '../../query/correct/corrections.ts';
import { numbersOf, shapeFault } from '../../query/correct/next-version.ts';
import { FULL_ACCESS } from '../../query/filter.ts';
import { itemQuery } from '../../query/items.ts';
import type { Run } from '../../query/sql.ts';
import { checkRecord, type RecordIssue } from './check-record.ts';
import { completeRecord } from './complete.ts';
import { InvalidRecord, RecordChanged, TagRequired } from './errors.ts';

/** What one correction comes to. */
export interface PlannedChange {
  readonly change: ChangeKind;
  /** The number of the record. */
  readonly id: number;
  readonly recordId: string;
  readonly before: Feature | null;
  readonly after: Feature | null;
  /** None: nothing is changed. */
  readonly differs: readonly FieldChange[];
  readonly issues: readonly RecordIssue[];
}

interface Planning {
  /** The version in service. */
  readonly layer: PublishedLayer;
  /** The greatest number that a record has ever had. */
  readonly lastFid: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/**
 * Works out what corrections do to the version in service, and whether they may: nothing is written.
 * @throws FeatureNotFound, TagRequired, RecordChanged; InvalidRecord with all that is wrong in any of them, by pointers into
 *   the changeset
 */
export async function planChanges(run: Run, planning: Planning, { changes }: ChangeSet): Promise<PlannedChange[]> {
  const planned: PlannedChange[] = [];
  const seen = new Set<number | string>();
  let { lastFid } = planning;
  for (const change of changes) {
    const next =
      change.op === 'add'
        ? await planAdding(run, planning, change, lastFid + 1)
        : await planChanging(run, planning, change);
    if (next.id > lastFid) lastFid = next.id;
    for (const key of [next.id, next.recordId]) {
      if (seen.has(key)) throw twice(next);
      seen.add(key);
    }
    planned.push(next);
  }
  const faults = planned.flatMap(({ issues }, index) =>
    issues
      .filter(({ severity }) => severity === 'error')
      .map(({ code, pointer, detail }) => ({
        ...{ code, detail },
        pointer: `/changes/${index}/feature${pointer}`,
      })),
  );
  if (faults.length > 0) throw new InvalidRecord(faults);
  return planned;
}

const twice = ({ recordId }: PlannedChange) =>
  new InvalidRecord([
    {
      code: 'id-duplicate',
      pointer: '/changes',
      detail: `The record "${recordId.slice(0, 60)}" is here twice: change it once.`,
    },
  ]);

async function planAdding(
  run: Run,
  { layer, today }: Planning,
  { feature }: Extract<RecordChange, { op: 'add' }>,
  nextFid: number,
): Promise<PlannedChange> {
  const given = feature.properties ?? {};
  const isNamed = typeof given.record_id === 'string' && given.record_id !== '' && isStorable(given.record_id);
  const named = isNamed ? String(given.record_id) : null;
  // Records of a correction are called by their number, which is given once.
  const recordId = named ?? `${layer.id}/${nextFid}`;
  const properties = completeRecord(
    layer,
    { ...given, record_id: given.record_id ?? recordId },
    {
      ...{ before: null, today, isEndGiven: given.valid_to !== undefined },
    },
  );
  const checked = await check(run, layer, { geometry: feature.geometry, properties }, today);
  const issues = [...checked.issues];
  if ((await run(numbersOf(layer.table, recordId))).length > 0) {
    const detail = 'The layer has a record with this id: change that one, or leave the id out.';
    issues.push({ code: 'id-duplicate', severity: 'error', pointer: '/properties/record_id', detail });
  }
  // What is brought back has its number again, so that its address is its own.
  const [withdrawn] = named === null ? [] : await run<{ item: number }>(withdrawnNumber(layer.id, named, layer.table));
  const id = withdrawn?.item ?? nextFid;
  const after = toState(id, checked.geometry, properties);
  return { change: 'added', id, recordId, before: null, after, differs: compareRecords(null, after), issues };
}

async function planChanging(
  run: Run,
  { layer, today }: Planning,
  change: Exclude<RecordChange, { op: 'add' }>,
): Promise<PlannedChange> {
  const before = await readRecord(run, layer, change.id);
  checkTag(before, change.ifMatch);
  const { properties: old } = before;
  const recordId = String(old?.record_id);
  const known = { id: change.id, recordId, before };
  if (change.op === 'withdraw')
    return { change: 'withdrawn', ...known, after: null, differs: compareRecords(before, null), issues: [] };
  const given = change.feature.properties ?? {};
  const isPatch = change.op === 'change';
  const sent = isPatch ? { ...old, ...given } : given;
  const properties = completeRecord(
    layer,
    { ...sent, record_id: sent.record_id ?? recordId },
    {
      ...{ before: old, today, isEndGiven: given.valid_to !== undefined },
    },
  );
  const { geometry: place } = change.feature;
  const geometry = isPatch && place === undefined ? before.geometry : place;
  // What was not moved is as the layer has it, also where that was brought before its checks.
  const isMoved = JSON.stringify(geometry) !== JSON.stringify(before.geometry);
  const checked = await check(run, layer, { geometry, properties }, today, isMoved);
  const issues = isPatch
    ? checked.issues.map((issue) =>
        isTouched(issue, old, properties) ? issue : { ...issue, severity: 'warning' as const },
      )
    : [...checked.issues];
  if (properties.record_id !== recordId) {
    const detail = `A record keeps its id, which is "${recordId.slice(0, 60)}": to have another, withdraw it and add it again.`;
    issues.push({ code: 'id-fixed', severity: 'error', pointer: '/properties/record_id', detail });
  }
  const after = toState(change.id, isMoved ? checked.geometry : before.geometry, properties);
  return { change: 'changed', ...known, after, differs: compareRecords(before, after), issues };
}

/** What a field has had before this change is no reason to refuse it; an end before the beginning is of both its fields. */
function isTouched({ pointer }: RecordIssue, old: Feature['properties'], properties: Feature['properties']): boolean {
  const [, part, name = ''] = pointer.split('/');
  if (part !== 'properties') return true;
  const names = name === 'valid_to' ? ['valid_from', name] : [name];
  return names.some((each) => JSON.stringify(old?.[each] ?? null) !== JSON.stringify(properties?.[each] ?? null));
}

function toState(id: number, geometry: Geometry | null, properties: Readonly<Record<string, unknown>>): Feature {
  return { type: 'Feature', id, geometry: geometry as Geometry, properties: { ...properties } };
}

/** A record of a version, whoever may see it. @throws FeatureNotFound */
export async function readRecord(run: Run, layer: PublishedLayer, fid: number): Promise<Feature> {
  const [row] = await run<ItemRow>(itemQuery(layer, { access: FULL_ACCESS }, fid));
  if (!row) throw new FeatureNotFound(layer.id, String(fid));
  return toFeature(layer, row);
}

function checkTag(record: Feature, ifMatch: string | undefined): void {
  const named = (ifMatch ?? '').split(',').map(taggedRecord);
  if (!named.some((tag) => tag !== undefined)) {
    throw new TagRequired(
      'Say which state of the record you have read: send its ETag (If-Match, or "ifMatch" of the change), so that nobody overwrites another.',
    );
  }
  if (named.includes(recordTag(record))) return;
  throw new RecordChanged(
    `Somebody has changed the record ${record.id} since you read it. Read it again, and look whether your correction still holds.`,
  );
}

async function check(
  run: Run,
  layer: PublishedLayer,
  given: { readonly geometry: unknown; readonly properties: Readonly<Record<string, unknown>> },
  today: string,
  isMoved = true,
): Promise<{ readonly geometry: Geometry | null; readonly issues: readonly RecordIssue[] }> {
  const { geometry, issues } = checkRecord(layer, given, today);
  if (!isMoved) return { geometry, issues: issues.filter(({ pointer }) => !pointer.startsWith('/geometry')) };
  const isReadable =
    geometry && !issues.some(({ pointer, severity }) => severity === 'error' && pointer.startsWith('/geometry'));
  if (!isReadable || geometry.type === 'Point') return { geometry, issues };
  const [row] = await run<{ reason: string | null }>(shapeFault(geometry));
  if (!row?.reason) return { geometry, issues };
  const detail = `The outline crosses itself, or is no shape: ${row.reason.slice(0, 80)}. Draw it again.`;
  return { geometry, issues: [...issues, { code: 'self-crossing', severity: 'error', pointer: '/geometry', detail }] };
}

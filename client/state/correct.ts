import { batch, signal } from '@preact/signals';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Author } from '../../server/core/authors.ts';
import type { RecordChange } from '../../server/core/correction.ts';
import type { Field } from '../../server/core/layer.ts';
import {
  type Corrected as Answer,
  ChangeRefused,
  type CorrectedRecord,
  type Fault,
  getRecordToCorrect,
  sendChanges,
} from '../api/changes.ts';
import { ApiError } from '../api.ts';
import { t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { collectionById, uploadRecords } from '../state.ts';
import { forgetToken, token } from '../token.ts';
import { remember } from './undo.ts';

/** One record that is being corrected, or a new one: what stands in the form, and what the server says of it. */

/** As the layer has it; null: a new record, or it is still on its way. */
export const original = signal<Feature | null>(null);
const tag = signal('');
/** What stands in the form, by the names of fields: texts as they are written. */
export const values = signal<Readonly<Record<string, unknown>>>({});
export const geometry = signal<Geometry | null>(null);
export const reason = signal('');
export const author = signal<Author>('analyst');
/** What sending it would come to; null: not asked, or something else stands in the form by now. */
export const plan = signal<CorrectedRecord | null>(null);
/** Why the last thing that was tried did not work. `at` are the fields at which it says so. */
export const problem = signal<{
  readonly detail: string;
  readonly status: number;
  readonly faults: readonly Fault[];
} | null>(null);
export const isSending = signal(false);
/** What was published last. */
export const done = signal<{ readonly answer: Answer; readonly record: CorrectedRecord } | null>(null);

/** Set by the server, or told by the number of the record. */
const NOT_WRITTEN = new Set(['recorded_at', 'record_id']);

/** The fields that a person fills. */
export function writtenFields(layer: string): readonly Field[] {
  const azalai = collectionById.value.get(layer)?.azalai;
  if (!azalai) return [];
  const isTimed = azalai.time !== null;
  return azalai.fields.filter(
    ({ name }) => !NOT_WRITTEN.has(name) && (isTimed || !['valid_from', 'valid_to', 'date_precision'].includes(name)),
  );
}

const NEW = { confidence: 'reported', handling: 'public', date_precision: 'day', precision_m: 1000 };

/** Of the record that is open: what is still on its way for another one must not reach the form. */
let session = new AbortController();
/** Rises with every change of the form: what was checked before it is not what stands there. */
let edits = 0;
/** What was checked, word for word as it is going to be published. */
let checked: {
  readonly record: CorrectedRecord;
  readonly layer: string;
  readonly change: RecordChange;
  readonly before: Feature | null;
  readonly why: string;
  readonly by: Author;
} | null = null;

/** The panel is closed: what is still on its way is dropped, and nothing is left on the map. */
export function end(): void {
  session.abort();
  clearMap();
}

/** Begins: fetches the record, or lays out an empty one, and shows it on the map. */
export async function begin(layer: string, id: number | null): Promise<void> {
  end();
  session = new AbortController();
  const { signal: ended } = session;
  checked = null;
  batch(() => {
    isSending.value = false;
    original.value = null;
    geometry.value = null;
    values.value = {};
    reason.value = '';
    plan.value = null;
    problem.value = null;
    done.value = null;
  });
  if (id === null) {
    const { handling = 'public', nature } = collectionById.peek().get(layer)?.azalai ?? {};
    values.value = { ...NEW, handling, ...(nature === 'modelled' ? { confidence: 'modelled' } : {}) };
    return;
  }
  try {
    const found = await getRecordToCorrect(token.peek(), layer, id, ended);
    if (ended.aborted) return;
    batch(() => take(found.feature, found.tag));
    showOnMap();
  } catch (cause) {
    if (!ended.aborted) fail(cause);
  }
}

function take(feature: Feature, etag: string): void {
  original.value = feature;
  tag.value = etag;
  values.value = { ...feature.properties };
  geometry.value = feature.geometry;
}

export function setValue(name: string, value: unknown): void {
  edits += 1;
  batch(() => {
    values.value = { ...values.value, [name]: value };
    plan.value = null;
  });
}

export function setGeometry(next: Geometry | null): void {
  edits += 1;
  batch(() => {
    geometry.value = next;
    plan.value = null;
  });
  showOnMap();
}

/** What is to be corrected, in the map: where it is, and where it would be. */
function showOnMap(): void {
  const before = original.peek()?.geometry;
  const after = geometry.peek();
  const isMoved = JSON.stringify(before) !== JSON.stringify(after);
  const feature = (side: string, shape: Geometry): Feature => ({
    ...{ type: 'Feature', geometry: shape, properties: { side } },
  });
  const features = [
    ...(before && isMoved ? [feature('before', before)] : []),
    ...(after ? [feature('after', after)] : []),
  ];
  uploadRecords.value =
    features.length === 0 ? null : ({ type: 'FeatureCollection', features } satisfies FeatureCollection);
}

function clearMap(): void {
  uploadRecords.value = null;
}

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The change that the form stands for. */
function changeOf(): RecordChange {
  const before = original.peek();
  const filled = Object.fromEntries(
    Object.entries(values.peek()).map(([name, value]) => [name, value === '' ? null : value]),
  );
  if (!before) return { op: 'add', feature: { type: 'Feature', geometry: geometry.peek(), properties: filled } };
  const properties = Object.fromEntries(
    Object.entries(filled).filter(([name, value]) => !sameJson(value, before.properties?.[name])),
  );
  const isMoved = !sameJson(geometry.peek(), before.geometry);
  return {
    ...{ op: 'change', id: Number(before.id), ifMatch: tag.peek() },
    feature: { properties, ...(isMoved ? { geometry: geometry.peek() } : {}) },
  };
}

function fail(cause: unknown): void {
  const status = cause instanceof ApiError ? cause.status : -1;
  if (status === 401) forgetToken();
  problem.value = {
    ...{ detail: cause instanceof Error ? cause.message : String(cause), status },
    faults: cause instanceof ChangeRefused ? cause.faults : [],
  };
}

/** What it says and whether it is at work concern the record that was open when it began. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  const { signal: ended } = session;
  problem.value = null;
  isSending.value = true;
  try {
    return await work();
  } catch (cause) {
    if (!ended.aborted) fail(cause);
    return null;
  } finally {
    if (!ended.aborted) isSending.value = false;
  }
}

const send = (
  layer: string,
  changes: readonly RecordChange[],
  why: string,
  { dryRun = false, by = author.peek() } = {},
) => sendChanges(token.peek(), layer, { reason: why, author: by, changes, dryRun });

/** Of a reason, as the server asks. */
const LEAST_REASON = 3;

/** Asks what sending it would come to. All that is missing is told at once, a reason too. */
export async function check(layer: string, isWithdrawn = false): Promise<void> {
  if (isSending.peek()) return;
  const [change, before] = [isWithdrawn ? withdrawal() : changeOf(), original.peek()];
  const [why, by, of] = [reason.peek(), author.peek(), edits];
  const { signal: ended } = session;
  const isReasoned = why.trim().length >= LEAST_REASON;
  const answer = await attempt(() => send(layer, [change], isReasoned ? why : 'not given yet', { dryRun: true, by }));
  if (ended.aborted || of !== edits) return;
  if (isReasoned) {
    const record = answer?.records[0] ?? null;
    checked = record && { record, layer, change, before, why, by };
    plan.value = record;
    return;
  }
  const { detail = '', status = 422, faults = [] } = problem.peek() ?? {};
  if (answer || faults.length > 0)
    problem.value = { detail, status, faults: [...faults, { code: 'reason-missing', pointer: '/reason', detail: '' }] };
}

const withdrawal = (): RecordChange => ({ op: 'withdraw', id: Number(original.peek()?.id), ifMatch: tag.peek() });

/** Publishes what was checked, and nothing else. */
export async function publish(): Promise<void> {
  if (!checked || checked.record !== plan.peek() || isSending.peek()) return;
  const { layer, change, before, why, by } = checked;
  const { signal: ended } = session;
  const answer = await attempt(() => send(layer, [change], why, { by }));
  const record = answer?.records[0];
  if (!answer || !record) return;
  // It is published and can be undone, even if another record is open by now.
  if (!ended.aborted) {
    clearMap();
    batch(() => {
      done.value = { answer, record };
      plan.value = null;
      reason.value = '';
      if (record.feature) take(record.feature, `"${record.tag}"`);
    });
  }
  rememberStep(layer, before, record);
  await renewMap().catch(() => undefined);
}

/** What takes a state of a record to another, whatever its ETag is by then. */
async function bring(layer: string, from: Feature | null, to: Feature | null, why: string): Promise<void> {
  if (to === null) {
    const { tag: now } = await getRecordToCorrect(token.peek(), layer, Number(from?.id));
    await send(layer, [{ op: 'withdraw', id: Number(from?.id), ifMatch: now }], why);
  } else if (from === null) {
    await send(
      layer,
      [{ op: 'add', feature: { type: 'Feature', geometry: to.geometry, properties: to.properties } }],
      why,
    );
  } else {
    const now = await getRecordToCorrect(token.peek(), layer, Number(to.id));
    if (!sameJson([now.feature.geometry, now.feature.properties], [from.geometry, from.properties]))
      throw new ApiError(t('correct.changedSince'), 412);
    const feature = { type: 'Feature', geometry: to.geometry, properties: to.properties };
    await send(layer, [{ op: 'replace', id: Number(to.id), ifMatch: now.tag, feature }], why);
  }
  await renewMap();
}

/** An undone correction is one more correction, the other way round, which says of itself that it is. */
function rememberStep(layer: string, before: Feature | null, { change, feature: after }: CorrectedRecord): void {
  const title = t(`correct.step.${change}`);
  remember({
    title: () => t(`correct.step.${change}`),
    undo: () => bring(layer, after, before, t('correct.undone', { what: title })),
    redo: () => bring(layer, before, after, t('correct.redone', { what: title })),
  });
}

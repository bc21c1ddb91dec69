import { batch } from '@preact/signals';
import type { Feature } from 'geojson';
import type { Author } from '../../server/core/authors.ts';
import type { RecordChange } from '../../server/core/correction.ts';
import { type CorrectedRecord, sendChanges } from '../api/changes.ts';
import { renewMap } from '../map/start.ts';
import { changeOf, withdrawalOf } from '../state/correct-change.ts';
import * as form from '../state/correct-form.ts';
import { clearCorrection } from '../state/correct-on-map.ts';
import {
  attempt,
  beginAnew,
  done,
  dropDraft,
  isRestored,
  isSending,
  problem,
  sessionEnd,
} from '../state/correct-session.ts';
import { corrected } from '../state.ts';
import { token } from '../token.ts';
import { rememberCorrection } from './correction-step.ts';

/** What was checked, word for word as it is going to be published. */
let checked: {
  readonly record: CorrectedRecord;
  readonly layer: string;
  readonly change: RecordChange;
  readonly before: Feature | null;
  readonly why: string;
  readonly by: Author;
} | null = null;

/** Of a reason, as the server asks. */
const LEAST_REASON = 3;

/** Asks what sending it would come to. All that is missing is told at once, a reason too. */
export async function check(layer: string, isWithdrawn = false): Promise<void> {
  if (isSending.peek()) return;
  const before = form.original.peek();
  const written = {
    ...{ original: before, tag: form.tag.peek(), values: form.values.peek(), geometry: form.geometry.peek() },
  };
  const change = isWithdrawn ? withdrawalOf(written) : changeOf(written);
  const [why, by, of] = [form.reason.peek(), form.author.peek(), form.edits];
  const ended = sessionEnd();
  const isReasoned = why.trim().length >= LEAST_REASON;
  const asked = { reason: isReasoned ? why : 'not given yet', author: by, changes: [change], dryRun: true };
  const answer = await attempt(() => sendChanges(token.peek(), layer, asked));
  if (ended.aborted || of !== form.edits) return;
  if (isReasoned) {
    const record = answer?.records[0] ?? null;
    checked = record && { record, layer, change, before, why, by };
    form.plan.value = record;
    return;
  }
  const { detail = '', status = 422, faults = [] } = problem.peek() ?? {};
  if (answer || faults.length > 0)
    problem.value = { detail, status, faults: [...faults, { code: 'reason-missing', pointer: '/reason', detail: '' }] };
}

/** Publishes what was checked, and nothing else. */
export async function publish(): Promise<void> {
  if (!checked || checked.record !== form.plan.peek() || isSending.peek()) return;
  const { layer, change, before, why, by } = checked;
  const ended = sessionEnd();
  const sent = { reason: why, author: by, changes: [change], dryRun: false };
  const answer = await attempt(() => sendChanges(token.peek(), layer, sent));
  const record = answer?.records[0];
  if (!answer || !record) return;
  // It is published and can be undone, even if another record is open by now.
  if (!ended.aborted) {
    clearCorrection();
    batch(() => {
      done.value = { answer, record };
      isRestored.value = false;
      form.plan.value = null;
      form.reason.value = '';
      const now = record.feature ?? before;
      if (now) form.take(now, `"${record.tag}"`);
    });
  } else {
    const id = change.op === 'add' ? null : change.id;
    const open = corrected.peek();
    // Opened once more while it was on its way: the form has what was sent, which is not to be sent again.
    if (open?.layer === layer && open.id === id) void beginAnew(layer, id);
    else dropDraft(layer, id);
  }
  rememberCorrection(layer, before, record, by);
  await renewMap({ layer, generation: answer.generation }).catch(() => undefined);
}

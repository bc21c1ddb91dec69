import { batch, effect, signal } from '@preact/signals';
import { type Corrected as Answer, type CorrectedRecord, getRecordToCorrect } from '../api/changes.ts';
import { token } from '../token.ts';
import { type ChangeProblem, toChangeProblem } from './change-problem.ts';
import { draftOf, takeDraft, toDraft } from './correct-draft.ts';
import * as form from './correct-form.ts';
import { clearCorrection, drawCorrection } from './correct-on-map.ts';
import { keepDraft, keptDraft } from './kept-draft.ts';

/** One record that is open to be corrected, or a new one. */

/** Why the last thing that was tried did not work. */
export const problem = signal<ChangeProblem | null>(null);
export const isSending = signal(false);
/** What was published last. */
export const done = signal<{ readonly answer: Answer; readonly record: CorrectedRecord } | null>(null);
/** What had been written before was put back into the form. */
export const isRestored = signal(false);

/** Of the record that is open: what is still on its way for another one must not reach the form. */
let session = new AbortController();
let stopKeeping = () => {};

/** Aborted when another record is open, or none. */
export const sessionEnd = (): AbortSignal => session.signal;

const nameOf = (layer: string, id: number | null) => `correct.${layer}/${id ?? 'new'}`;

/** The panel is closed: what is still on its way is dropped, and nothing is left on the map. What was written is kept. */
export function end(): void {
  stopKeeping();
  session.abort();
  clearCorrection();
}

/** Begins: fetches the record, or lays out an empty one, with what was written of it before, and shows it on the map. */
export async function begin(layer: string, id: number | null): Promise<void> {
  end();
  session = new AbortController();
  const { signal: ended } = session;
  batch(() => {
    form.layOut(id === null ? form.blankValues(layer) : {});
    isSending.value = false;
    isRestored.value = false;
    problem.value = null;
    done.value = null;
  });
  try {
    if (id !== null) {
      const found = await getRecordToCorrect(token.peek(), layer, id, ended);
      if (ended.aborted) return;
      batch(() => {
        form.take(found.feature, found.tag);
        putBack(layer, id);
      });
    } else putBack(layer, id);
  } catch (cause) {
    if (!ended.aborted) problem.value = toChangeProblem(cause);
    return;
  }
  drawCorrection(form.original.peek()?.geometry ?? null, form.geometry.peek());
  stopKeeping = effect(() => keepDraft(nameOf(layer, id), draftOf()));
}

function putBack(layer: string, id: number | null): void {
  const draft = toDraft(keptDraft(nameOf(layer, id)));
  if (!draft) return;
  isRestored.value = true;
  if (!takeDraft(draft)) problem.value = { status: 412, detail: '', faults: [] };
}

export const dropDraft = (layer: string, id: number | null): void => keepDraft(nameOf(layer, id), null);

/** Drops what was written, and begins with the record as it is now. */
export function beginAnew(layer: string, id: number | null): Promise<void> {
  stopKeeping();
  dropDraft(layer, id);
  return begin(layer, id);
}

/** What it says and whether it is at work concern the record that was open when it began. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  const ended = sessionEnd();
  problem.value = null;
  isSending.value = true;
  try {
    return await work();
  } catch (cause) {
    if (!ended.aborted) problem.value = toChangeProblem(cause);
    return null;
  } finally {
    if (!ended.aborted) isSending.value = false;
  }
}

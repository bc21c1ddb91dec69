import { batch, computed, effect, signal } from '@preact/signals';
import type { Mapping, Repair } from '../../server/core/mapping.ts';
import type { Upload } from '../api/upload-types.ts';
import { deleteUpload, followUpload, getUpload, getUploads, patchMapping, publishUpload } from '../api/uploads.ts';
import { ApiError } from '../api.ts';
import { uploadId } from '../state.ts';
import { forgetToken as forget, takeToken, token } from '../token.ts';
import { attempt, fail, problem } from './upload-attempt.ts';
import { dropMapping, keepMapping, keptMapping } from './upload-draft.ts';

/** What the panel of uploads knows, and what can be done with an upload. */

export { problem, token };

export const uploads = signal<readonly Upload[] | null>(null);
export const upload = signal<Upload | null>(null);
/** Mappings that were in force before, the last at the end: what "undo" goes back to. */
export const earlier = signal<readonly Mapping[]>([]);
/** As it is being changed in the page; null: as the server has it. */
export const draft = signal<Mapping | null>(null);
export const mapping = computed(() => draft.value ?? upload.value?.mapping ?? null);
/** The server is at work on the upload: nothing can be changed. */
export const isAtWork = computed(() =>
  ['receiving', 'reading', 'checking', 'publishing'].includes(upload.value?.state ?? ''),
);

const AGAIN_MS = 2_000;

let following: AbortController | null = null;
let stopKeeping = () => {};

export const enter = (text: string): Promise<boolean> => attempt(() => takeToken(text));

export function forgetToken(): void {
  leave();
  uploads.value = null;
  forget();
}

export const list = (): Promise<boolean> =>
  attempt(async () => {
    uploads.value = await getUploads(token.value);
  });

/** Stops following; the upload itself goes on, and what was changed and is not in force is kept. */
export function leave(): void {
  stopKeeping();
  following?.abort();
  following = null;
  upload.value = null;
  draft.value = null;
  earlier.value = [];
}

/** Opens an upload and stays with it while it changes. */
export async function follow(id: string): Promise<void> {
  leave();
  const controller = new AbortController();
  following = controller;
  const { signal: ended } = controller;
  const asked = await attempt(async () => {
    const answer = await getUpload(token.value, id, ended);
    if (!ended.aborted) take(answer);
  });
  while (asked && !ended.aborted) {
    try {
      await followUpload(token.value, id, hear, ended);
    } catch (cause) {
      if (ended.aborted) return;
      if (cause instanceof ApiError && cause.status > 0) return fail(cause);
    }
    // The line was cut: it is taken up again.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Begins with what was changed before and is not in force, and keeps it from now on. */
function take(answer: Upload): void {
  const kept = keptMapping(answer);
  batch(() => {
    upload.value = answer;
    draft.value = kept.draft;
    earlier.value = kept.earlier;
  });
  stopKeeping = effect(() => {
    const { value } = upload;
    if (value) keepMapping(value, { draft: draft.value, earlier: earlier.value });
  });
}

function hear(event: string, change: Partial<Upload>): void {
  const known = upload.peek();
  if (!known || (change.id !== undefined && change.id !== known.id)) return;
  if (event === 'gone') {
    uploadId.value = '';
    return;
  }
  // An event has no more than what is new; what is compared with the layer in service comes with the upload itself.
  upload.value = { ...known, ...change, changes: change.changes ?? known.changes ?? null };
  if (change.state === 'ready' && known.state !== 'ready') void readAgain(known.id);
}

const readAgain = (id: string) =>
  attempt(async () => {
    const answer = await getUpload(token.value, id);
    if (upload.peek()?.id === id) upload.value = answer;
  });

/** Stores a mapping; the server checks all records by it again. */
export async function change(next: Mapping): Promise<void> {
  const before = upload.peek()?.mapping;
  if (before) await bringInForce(next, (known) => [...known, before]);
}

export async function undo(): Promise<void> {
  const last = earlier.peek().at(-1);
  if (last) await bringInForce(last, (known) => known.slice(0, -1));
}

/** `toEarlier`: of the mappings that were in force before, once the server has taken this one. */
async function bringInForce(
  mapping: Mapping,
  toEarlier: (known: readonly Mapping[]) => readonly Mapping[],
): Promise<void> {
  const id = upload.peek()?.id;
  if (id === undefined || !(await attempt(() => patchMapping(token.value, id, mapping)))) return;
  const now = upload.peek();
  // Another one may be open by now.
  if (now?.id !== id) return;
  batch(() => {
    earlier.value = toEarlier(earlier.peek());
    draft.value = null;
    upload.value = { ...now, mapping };
  });
  await readAgain(id);
}

/** Switches a repair on or off. */
export function repair(code: Repair, isOn: boolean): Promise<void> {
  const now = mapping.peek();
  if (!now) return Promise.resolve();
  const others = now.repairs.filter((name) => name !== code);
  return change({ ...now, repairs: isOn ? [...others, code] : others });
}

export const publish = (): Promise<boolean> =>
  attempt(async () => {
    const id = upload.peek()?.id;
    if (id === undefined) return;
    await publishUpload(token.value, id);
    await readAgain(id);
  });

export const discard = (id: string): Promise<boolean> =>
  attempt(async () => {
    await deleteUpload(token.value, id);
    stopKeeping();
    dropMapping(id);
    uploads.value = uploads.value?.filter((other) => other.id !== id) ?? null;
    uploadId.value = '';
  });

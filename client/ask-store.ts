import { signal } from '@preact/signals';
import { execute, executeAsJob, type ProcessResult, TooLargeToWait } from './api/processes.ts';
import { partsBelow } from './ask/parts-below.ts';
import { SHOWN, shownBox } from './ask/shown-box.ts';
import { answer, hiddenParts, putAway } from './state.ts';

/** What the panel of questions knows, and asking. */

/** What has been entered, by the name of the input; what is absent is left to the server. */
export const entered = signal<Readonly<Record<string, unknown>>>({});
/** How far the server is: null while nothing is asked. `percent`: null while the answer is waited for. */
export const asking = signal<{ readonly percent: number | null; readonly message: string } | null>(null);
export const problem = signal<{ readonly detail: string; readonly isTooLarge: boolean } | null>(null);

let underWay: AbortController | null = null;

export function enter(name: string, value: unknown): void {
  const next = { ...entered.value, [name]: value };
  if (value === undefined || value === '') delete next[name];
  entered.value = next;
}

/** Ends what is asked; the server stops working on it. */
export function giveUp(): void {
  underWay?.abort();
  underWay = null;
  asking.value = null;
}

/** Asks a process what has been entered. `asJob`: however long it takes. */
export async function ask(process: string, asJob: boolean): Promise<void> {
  giveUp();
  const controller = new AbortController();
  underWay = controller;
  problem.value = null;
  putAway();
  asking.value = { percent: null, message: '' };
  const { signal: ended } = controller;
  const onProgress = (percent: number, message: string) => {
    if (!ended.aborted) asking.value = { percent, message };
  };
  try {
    const inputs = Object.fromEntries(
      Object.entries(entered.value).map(([name, value]) => [name, value === SHOWN ? { bbox: shownBox() } : value]),
    );
    const found: ProcessResult = asJob
      ? await executeAsJob(process, inputs, onProgress, ended)
      : await execute(process, inputs, ended);
    if (ended.aborted) return;
    hiddenParts.value = new Set(partsBelow(found));
    answer.value = found;
  } catch (cause) {
    if (ended.aborted) return;
    problem.value = {
      detail: cause instanceof Error ? cause.message : String(cause),
      isTooLarge: cause instanceof TooLargeToWait,
    };
  }
  if (!ended.aborted) asking.value = null;
}

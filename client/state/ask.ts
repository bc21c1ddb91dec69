import { signal } from '@preact/signals';
import { problemOf, type Problem as Said } from '../api/problem-of.ts';
import { execute, executeAsJob, type ProcessResult, Refused, TooLargeToWait } from '../api/processes.ts';
import { datetimeOf } from '../api.ts';
import type { AskedInput } from '../ask/arrange-inputs.ts';
import { partsBelow } from '../ask/parts-below.ts';
import { resolveInputs } from '../ask/resolve-inputs.ts';
import { shownBox } from '../ask/shown-box.ts';
import { answer, hiddenParts, putAway, timeWindow } from '../state.ts';
import { filterOf } from './filters.ts';
import { question } from './question.ts';

/** Asking, and how far it is. */

/** How far the server is: null while nothing is asked. `percent`: null while the answer is waited for. */
export const asking = signal<{ readonly percent: number | null; readonly message: string } | null>(null);

interface Problem extends Said {
  readonly isTooLarge: boolean;
  /** What is wrong, by the name of the input. */
  readonly faults: ReadonlyMap<string, string>;
}
export const problem = signal<Problem | null>(null);

let underWay: AbortController | null = null;

/** Ends what is asked; the server stops working on it. */
export function giveUp(): void {
  underWay?.abort();
  underWay = null;
  asking.value = null;
}

/** Asks a process what has been entered. `asJob`: however long it takes. */
export function ask(process: string, inputs: readonly AskedInput[], asJob: boolean): Promise<void> {
  const { inputs: entered, isUnfiltered } = question.peek();
  const asked = resolveInputs(entered, inputs, {
    box: shownBox(),
    window: datetimeOf(timeWindow.peek()),
    filterOf: isUnfiltered ? () => null : filterOf,
  });
  return askInputs(process, asked, asJob);
}

/** Asks what an answer answered, of the same versions. */
export function askAgain({ process, receipt }: ProcessResult): Promise<void> {
  return askInputs(process, receipt.inputs, false);
}

async function askInputs(process: string, inputs: object, asJob: boolean): Promise<void> {
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
    const found: ProcessResult = asJob
      ? await executeAsJob(process, inputs, onProgress, ended)
      : await execute(process, inputs, ended);
    if (ended.aborted) return;
    hiddenParts.value = new Set(partsBelow(found));
    answer.value = found;
    question.value = { ...question.peek(), isAsked: true };
  } catch (cause) {
    if (ended.aborted) return;
    problem.value = {
      ...problemOf(cause),
      isTooLarge: cause instanceof TooLargeToWait,
      faults: cause instanceof Refused ? cause.faults : new Map(),
    };
  }
  if (!ended.aborted) asking.value = null;
}

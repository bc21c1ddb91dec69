import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import type { Localized } from '../../core/layer.ts';
import type { Access } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';
import { type Asked, execute, weigh } from '../execute.ts';
import type { Part, Process } from '../process.ts';
import type { Question } from '../question.ts';
import { hasty } from './hasty.ts';
import { inTurn } from './in-turn.ts';
import { patient } from './patient.ts';
import { type Form, type PrintedResult, printResult } from './print.ts';

/** A question. */
export interface Order {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of who asks. */
  readonly access: Access;
  /** Whether who asks comes back for the answer, and may thus wait longer. */
  readonly isAsynchronous: boolean;
}

/** A question that is to be answered. */
export interface AnswerOrder extends Order {
  readonly form: Form;
  /** Whether the features are wanted too, to be kept. */
  readonly keeps: boolean;
}

/** Who waits. */
export interface Caller {
  /** Aborts when he goes away, or the job is dismissed. */
  readonly signal: AbortSignal;
  readonly progress: Question['progress'];
}

/** What can be kept of an answer. */
export interface ToKeep {
  readonly process: string;
  readonly title: Localized;
  /** Of the receipt. */
  readonly hash: string;
  readonly parts: readonly Part[];
}

/** An answer as it is sent, so that nothing more is to be done with it where tiles are answered. */
export interface Answered extends PrintedResult {
  /** Every version that was asked. */
  readonly asked: readonly PublishedLayer[];
  /** Where it was ordered. */
  readonly toKeep?: ToKeep;
}

/** Answers questions about a catalogue: here, or in a process of its own. */
export interface Analyst {
  /** @throws what `execute` throws */
  answer(process: Process, order: AnswerOrder, caller: Caller, catalogue: Catalogue): Promise<Answered>;
  /** Finds out whether it could be answered: nobody should come back for what was wrong from the beginning. @throws what `weigh` throws */
  weigh(process: Process, order: Order, caller: Caller, catalogue: Catalogue): Promise<void>;
}

/** By what answers are found. */
export interface Means {
  /** In the lane for analyses. */
  readonly run: Run;
  /** A version that is not in service. @throws VersionNotKept, InvalidParameter */
  readonly version: (
    run: Run,
    served: PublishedLayer,
    generation: number,
    signal: AbortSignal,
  ) => Promise<PublishedLayer>;
  /** Version of the application. */
  readonly software: string;
}

/** Answers in the process that asks. */
export function analystHere({ run: lane, version, software }: Means): Analyst {
  const toAsked = ({ access, isAsynchronous }: Order, caller: Caller, catalogue: Catalogue, run: Run): Asked => ({
    ...{ access, isAsynchronous, catalogue, run, software, signal: caller.signal, progress: caller.progress },
    version: (layer, generation) => version(run, layer, generation, caller.signal),
  });
  return {
    answer: async (process, order, caller, catalogue) => {
      // A job has time, and takes one place of the lane: who waits for an answer finds another.
      const run = order.isAsynchronous
        ? inTurn(patient(lane))
        : hasty(lane, 'Ask with "Prefer: respond-async", or narrow the question.');
      const { result, parts, layers } = await execute(process, order.inputs, toAsked(order, caller, catalogue, run));
      const { title, receipt } = result;
      const toKeep: ToKeep = { process: process.id, title, hash: receipt.hash, parts };
      const asked = [...layers.values()];
      return { ...printResult(result, order.form), asked, ...(order.keeps ? { toKeep } : {}) };
    },
    weigh: (process, order, caller, catalogue) => {
      const run = hasty(patient(lane), 'Narrow the question.');
      return weigh(process, order.inputs, toAsked(order, caller, catalogue, run));
    },
  };
}

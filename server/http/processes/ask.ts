import { type Answer, type Asked, execute, weigh } from '../../analysis/execute.ts';
import type { Process } from '../../analysis/process.ts';
import type { Run } from '../../query/sql.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { hasty } from './hasty.ts';
import { inTurn } from './in-turn.ts';
import { patient } from './patient.ts';
import { versionAsked } from './version-asked.ts';

/** Who asks, and how long he waits. */
export type Caller = Pick<Asked, 'access' | 'signal' | 'isAsynchronous' | 'progress'>;

type Asking = Pick<Context, 'catalogue' | 'refresh' | 'run' | 'version' | 'analysis'>;
type Inputs = Readonly<Record<string, unknown>>;

/** Does something with a question, of the catalogue as it is now. */
function by<T>(context: Asking, caller: Caller, run: Run, work: (asked: Asked) => Promise<T>): Promise<T> {
  const { signal } = caller;
  const { version: software } = context;
  const version: Asked['version'] = (layer, generation) => versionAsked(context.run, layer, generation, signal);
  return whereKept(context, (catalogue) => work({ ...caller, catalogue, version, run, software }));
}

/** Asks a process a question. @throws what `execute` throws */
export function ask(context: Asking, process: Process, inputs: Inputs, caller: Caller): Promise<Answer> {
  const { run } = context.analysis;
  // A job has time, and takes one place of the lane: who waits for an answer finds another.
  const own = caller.isAsynchronous
    ? inTurn(patient(run))
    : hasty(run, 'Ask with "Prefer: respond-async", or narrow the question.');
  return by(context, caller, own, (asked) => execute(process, inputs, asked));
}

/** Finds out whether it could be asked: nobody should come back for what was wrong from the beginning. @throws what `weigh` throws */
export function askable(context: Asking, process: Process, inputs: Inputs, caller: Caller): Promise<void> {
  const run = hasty(patient(context.analysis.run), 'Narrow the question.');
  return by(context, caller, run, (asked) => weigh(process, inputs, asked));
}

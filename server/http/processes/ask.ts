import { type Answer, type Asked, execute, weigh } from '../../analysis/execute.ts';
import type { Process } from '../../analysis/process.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { patient } from './patient.ts';
import { versionAsked } from './version-asked.ts';

/** Who asks, and how long he waits. */
export type Caller = Pick<Asked, 'access' | 'signal' | 'isAsynchronous' | 'progress'>;

type Asking = Pick<Context, 'catalogue' | 'refresh' | 'run' | 'version' | 'analysis'>;
type Inputs = Readonly<Record<string, unknown>>;

/** Does something with a question, of the catalogue as it is now. */
function by<T>(context: Asking, caller: Caller, work: (asked: Asked) => Promise<T>): Promise<T> {
  const { signal, isAsynchronous } = caller;
  const run = isAsynchronous ? patient(context.analysis.run) : context.analysis.run;
  const { version: software } = context;
  const version: Asked['version'] = (layer, generation) => versionAsked(context.run, layer, generation, signal);
  return whereKept(context, (catalogue) => work({ ...caller, catalogue, version, run, software }));
}

/** Asks a process a question. @throws what `execute` throws */
export function ask(context: Asking, process: Process, inputs: Inputs, caller: Caller): Promise<Answer> {
  return by(context, caller, (asked) => execute(process, inputs, asked));
}

/** Finds out whether it could be asked: nobody should come back for what was wrong from the beginning. @throws what `weigh` throws */
export function askable(context: Asking, process: Process, inputs: Inputs, caller: Caller): Promise<void> {
  return by(context, caller, (asked) => weigh(process, inputs, asked));
}

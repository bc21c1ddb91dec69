import { type Answer, type Asked, execute } from '../../analysis/execute.ts';
import type { Process } from '../../analysis/process.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { patient } from './patient.ts';
import { versionAsked } from './version-asked.ts';

/** Who asks, and how long he waits. */
export type Caller = Pick<Asked, 'access' | 'signal' | 'isAsynchronous' | 'progress'>;

/** Asks a process a question, of the catalogue as it is now. @throws what `execute` throws */
export function ask(
  context: Pick<Context, 'catalogue' | 'refresh' | 'run' | 'version' | 'analysis'>,
  process: Process,
  inputs: Readonly<Record<string, unknown>>,
  caller: Caller,
): Promise<Answer> {
  const { signal, isAsynchronous } = caller;
  const run = isAsynchronous ? patient(context.analysis.run) : context.analysis.run;
  return whereKept(context, (catalogue) =>
    execute(process, inputs, {
      ...caller,
      catalogue,
      version: (layer, generation) => versionAsked(context.run, layer, generation, signal),
      run,
      software: context.version,
    }),
  );
}

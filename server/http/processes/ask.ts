import type { Answered, AnswerOrder, Order, Caller as Waiting } from '../../analysis/asking/analyst.ts';
import type { Process } from '../../analysis/process.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';

/** Who asks, and how long he waits. */
export type Caller = Pick<Order, 'access' | 'isAsynchronous'> & Waiting;

type Asking = Pick<Context, 'catalogue' | 'refresh' | 'analysis'>;
type Inputs = Order['inputs'];

/** Asks a process a question, of the catalogue as it is now. @throws what `execute` throws */
export function ask(
  context: Asking,
  process: Process,
  inputs: Inputs,
  { access, isAsynchronous, ...caller }: Caller,
  { form, keeps }: Pick<AnswerOrder, 'form' | 'keeps'>,
): Promise<Answered> {
  const order = { inputs, access, isAsynchronous, form, keeps };
  return whereKept(context, (catalogue) => context.analysis.answer(process, order, caller, catalogue));
}

/** Finds out whether it could be asked: nobody should come back for what was wrong from the beginning. @throws what `weigh` throws */
export function askable(
  context: Asking,
  process: Process,
  inputs: Inputs,
  { access, isAsynchronous, ...caller }: Caller,
): Promise<void> {
  const order = { inputs, access, isAsynchronous };
  return whereKept(context, (catalogue) => context.analysis.weigh(process, order, caller, catalogue));
}

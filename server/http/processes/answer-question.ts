import { putBeside } from '../../analysis/asking/print.ts';
import type { Process } from '../../analysis/process.ts';
import type { JobAnswer } from '../../jobs/analysis/jobs.ts';
import { madeOf } from '../../jobs/analysis/take-back.ts';
import type { Context } from '../context.ts';
import { ask, type Caller } from './ask.ts';
import type { ExecuteRequest } from './execute-request.ts';
import { accessToKeep, keepAnswer } from './keep-answer.ts';

/**
 * The answer to a question, as it is sent, which is kept as layers when that is asked for; who may do so has been found out.
 * `base` is the public address of the server.
 */
export async function answerQuestion(
  context: Context,
  process: Process,
  { inputs, keep, response }: ExecuteRequest,
  caller: Caller,
  base: string,
): Promise<JobAnswer> {
  const asking = keep ? { ...caller, access: accessToKeep(keep) } : caller;
  const answer = await ask(context, process, inputs, asking, { form: response, keeps: keep !== undefined });
  const kept = keep && (await keepAnswer(context, answer, keep, base));
  return { body: kept ? putBeside(answer, kept) : answer.body, madeOf: madeOf(answer.asked) };
}

import type { Response } from 'express';
import type { Result } from '../../analysis/process.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { ExecuteRequest } from './execute-request.ts';

/** What is beside a result and not part of it: nothing of it is in the hash of its receipt. */
export interface Beside {
  readonly kept?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The body of an answer: the result itself, or the document of all outputs, of which it is the only one. The same result
 * is the same bytes.
 */
export function printAnswer(result: Result, beside: Beside, form: ExecuteRequest['response']): string {
  const value = { ...result, ...beside };
  return canonicalJson(form === 'document' ? { result: { value, mediaType: 'application/json' } } : value);
}

/** A question says what somebody looks into: no cache keeps its answer. */
export function sendAnswer(response: Response, body: string | Buffer): void {
  response.set('Cache-Control', 'no-store').type('application/json').send(body);
}

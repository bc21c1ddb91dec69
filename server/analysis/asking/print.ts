import { canonicalJson } from '../../core/canonical-json.ts';
import type { Result } from '../process.ts';

/** As it is sent: the result itself, or the document of all outputs, of which it is the only one. */
export type Form = 'raw' | 'document';

/** An answer as it is sent, UTF-8. */
export interface PrintedResult {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The byte of the body before which the member of `putBeside` goes. */
  readonly besideAt: number;
}

/** Where results were kept is beside a result and no part of it: nothing of it is in the hash of the receipt. */
const BESIDE = 'kept';

/** Canonical JSON: the same result is the same bytes. */
export function printResult(result: Result, form: Form): PrintedResult {
  const members = Object.entries(result)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, text: `${JSON.stringify(name)}:${canonicalJson(value)},` }));
  const textOf = (chosen: typeof members) => chosen.map(({ text }) => text).join('');
  const head = `${form === 'document' ? '{"result":{"mediaType":"application/json","value":{' : '{'}${textOf(members.filter(({ name }) => name < BESIDE))}`;
  // Every result has members after it: `numbers` is one.
  const rest = `${textOf(members.filter(({ name }) => name > BESIDE)).slice(0, -1)}${form === 'document' ? '}}}' : '}'}`;
  return { body: new TextEncoder().encode(head + rest), besideAt: Buffer.byteLength(head) };
}

/** The body with what is beside the result, in its place by the order of names. */
export function putBeside({ body, besideAt }: PrintedResult, kept: readonly Readonly<Record<string, unknown>>[]) {
  const member = Buffer.from(`${JSON.stringify(BESIDE)}:${canonicalJson(kept)},`);
  return Buffer.concat([body.subarray(0, besideAt), member, body.subarray(besideAt)]);
}

import type { Answer, Asked, Probe } from '../api/probe.ts';
import type { connectEn } from '../i18n/connect-en.ts';

/** What is looked at when a connection is checked: requests as other programs make them, one after the other. Pure. */

type KeysAfter<Prefix extends string, Key> = Key extends `${Prefix}${infer Name}` ? Name : never;
export type StepName = KeysAfter<'connect.step.', keyof typeof connectEn>;
export type FaultName = KeysAfter<'connect.fault.', keyof typeof connectEn>;

export interface Fault {
  readonly name: FaultName;
  readonly values: Readonly<Record<string, string | number>>;
  /** The program gets on all the same, with less. */
  readonly isSlight: boolean;
}

/** One request, what came, and what was wrong with it. */
export interface Step {
  readonly name: StepName;
  readonly method: string;
  readonly address: string;
  /** 0: nothing answered, or it was not asked. */
  readonly status: number;
  readonly type: string;
  readonly faults: readonly Fault[];
}

/** What a sequence needs to know. */
export interface Subject {
  /** Address of the server, without a slash at its end. */
  readonly base: string;
  /** Id of the layer. */
  readonly layer: string;
  /** Number of its records. */
  readonly count: number;
  readonly probe: Probe;
}

export type Steps = AsyncGenerator<Step>;

interface Expected extends Asked {
  readonly name: StepName;
  /** Media types that the program takes, the one that is due first. */
  readonly types?: readonly string[];
}

/** Says what is wrong: `fail` that the program cannot go on, `doubt` that it goes on with less. */
export interface Say {
  fail(name: FaultName, values?: Fault['values']): void;
  doubt(name: FaultName, values?: Fault['values']): void;
}

/** Makes a request and looks at the answer; `look` sees only what has the status and the type that are due. */
export async function inspect(
  { base, probe }: Subject,
  { name, types, ...asked }: Expected,
  look: (answer: Answer, say: Say) => void = () => {},
): Promise<Step> {
  const faults: Fault[] = [];
  const add =
    (isSlight: boolean) =>
    (fault: FaultName, values: Fault['values'] = {}) => {
      faults.push({ name: fault, values, isSlight });
    };
  const say: Say = { fail: add(false), doubt: add(true) };
  const step = { name, method: asked.method ?? 'GET', address: asked.address, faults };
  const there = originOf(asked.address, base);
  const here = new URL(base).origin;
  if (there !== here) {
    say.fail(there === '' ? 'notAbsolute' : 'elsewhere', { there, here, address: asked.address });
    return { ...step, status: 0, type: '' };
  }
  const answer = await probe(asked);
  const { status, type } = answer;
  if (status === 0) say.fail('noAnswer');
  else if (status < 200 || status > 299) say.fail('status', { status, detail: detailOf(answer) });
  else if (types && status !== 204 && !types.some((due) => isType(type, due))) {
    say.fail('type', { type: type || '–', due: types[0] ?? '' });
  } else look(answer, say);
  return { ...step, status, type };
}

/** Empty when the address is not a whole one. */
function originOf(address: string, base: string): string {
  return URL.canParse(address) ? new URL(address, base).origin : '';
}

/** Whether a Content-Type is of a media type; parameters that are not named may be any. */
function isType(type: string, due: string): boolean {
  const [wanted = '', ...parameters] = due.toLowerCase().split(';');
  const [got = '', ...given] = type.toLowerCase().split(';');
  const isGiven = (parameter: string) => given.some((other) => other.trim() === parameter.trim());
  return got.trim() === wanted && parameters.every(isGiven);
}

export const textOf = ({ bytes }: Answer): string => new TextDecoder().decode(bytes);

/** The body as JSON; null when it is none. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(textOf(answer)) as unknown;
  } catch {
    return null;
  }
}

/** What the server says of a problem (RFC 9457). */
function detailOf(answer: Answer): string {
  const detail = member(jsonOf(answer), 'detail');
  return typeof detail === 'string' ? detail : '';
}

/** A member of an object at any depth; undefined when any on the way is missing. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name)) return undefined;
    inner = (inner as Record<string, unknown>)[name];
  }
  return inner;
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface FoundLink {
  readonly href: string;
  readonly type: string;
}

/** The link of a document with a relation, of one of the types if there is one. */
export function linkIn(document: unknown, rel: string, types: readonly string[]): FoundLink | null {
  const links = list(member(document, 'links')).flatMap((link) => {
    const [href, type] = [member(link, 'href'), member(link, 'type')];
    return member(link, 'rel') === rel && typeof href === 'string' ? [{ href, type: String(type ?? '') }] : [];
  });
  return links.find(({ type }) => types.some((due) => isType(type, due))) ?? null;
}

/** A document that has to have a link; without it, `otherwise` is where the thing is by custom. */
export function linked(
  document: unknown,
  say: Say,
  { rel, types, otherwise }: { readonly rel: string; readonly types: readonly string[]; readonly otherwise: string },
): string {
  const link = linkIn(document, rel, types);
  if (!link) say.fail('noLink', { rel, type: types[0] ?? '' });
  return link?.href ?? otherwise;
}

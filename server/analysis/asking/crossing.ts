import {
  DatabaseFull,
  DatabaseUnavailable,
  FeatureNotFound,
  InvalidFilter,
  InvalidLayer,
  InvalidParameter,
  LaneSaturated,
  LayerNotFound,
  QueryTimeout,
  QueryTooLarge,
  RequestAborted,
  ShapeTooLarge,
  TileOutOfRange,
  VersionNotKept,
} from '../../core/errors.ts';
import { AnalysisTooLarge } from '../estimate.ts';

type ErrorClass = new (...args: never[]) => Error;

/** The one table of causes by which a question may fail in another process. Others arrive as errors without a class of ours. */
export const CAUSES: readonly ErrorClass[] = [
  AnalysisTooLarge,
  DatabaseFull,
  DatabaseUnavailable,
  FeatureNotFound,
  InvalidFilter,
  InvalidLayer,
  InvalidParameter,
  LaneSaturated,
  LayerNotFound,
  QueryTimeout,
  QueryTooLarge,
  RequestAborted,
  ShapeTooLarge,
  TileOutOfRange,
  VersionNotKept,
];

/** An error on its way between processes, which would take its class and its own members from it. */
export interface Crossing {
  /** Its class in the table; undefined: none of ours. */
  readonly cause: string | undefined;
  readonly message: string;
  readonly stack: string | undefined;
  /** Its own members: the faults, the position, the code that PostgreSQL gave it. */
  readonly own: Readonly<Record<string, unknown>>;
  /** What it came of, for the log. */
  readonly of?: Crossing;
}

/** What cannot be handed over is described. */
function portable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}

export function toCrossing(error: unknown): Crossing {
  if (!(error instanceof Error)) return { ...toCrossing(new Error(String(error))), cause: undefined };
  const { message, stack, cause } = error;
  const own = Object.entries({ ...error, name: error.name })
    .filter(([name]) => name !== 'cause')
    .map(([name, value]) => [name, portable(value)]);
  return {
    ...{ message, stack, own: Object.fromEntries(own) },
    cause: CAUSES.find((each) => error instanceof each)?.name,
    ...(cause === undefined ? {} : { of: toCrossing(cause) }),
  };
}

/** The error as it was thrown: of its class, with its members. */
export function fromCrossing({ cause, message, stack, own, of }: Crossing): Error {
  const error = new Error(message, of ? { cause: fromCrossing(of) } : undefined);
  const known = CAUSES.find(({ name }) => name === cause);
  // Made without its constructor, which takes what the members were made of.
  if (known) Object.setPrototypeOf(error, known.prototype);
  if (stack !== undefined) error.stack = stack;
  return Object.assign(error, own);
}

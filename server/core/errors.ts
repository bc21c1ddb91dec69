/**
 * One class per cause. They know no HTTP: `server/http/problem.ts` maps each class to a status.
 * Every message says what is wrong and what to do, and is safe to show to any caller.
 */
export class AzalaiError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** One thing that is wrong with the caller's input, and where. */
export interface Fault {
  /** What is wrong and what would be right. */
  detail: string;
  /** The query or path parameter, when the fault is in one. */
  parameter?: string;
  /** A JSON pointer, when the fault is in a body. */
  pointer?: string;
  /** Of a record: the code of the check that it does not pass, as in an upload's issues. */
  code?: string;
  /** Zero-based character offset, when the fault is inside a text such as a filter. */
  position?: number;
}

/** A parameter is malformed, out of range, or unknown. */
export class InvalidParameter extends AzalaiError {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.detail).join(' '));
    this.faults = faults;
  }
}

/**
 * A filter does not parse, or names what the layer does not have. The place is either a character, counted from 0, or a
 * JSON pointer into a filter that is JSON.
 */
export class InvalidFilter extends AzalaiError {
  readonly position: number | undefined;
  readonly pointer: string | undefined;
  constructor(detail: string, place: number | string) {
    super(detail);
    this.position = typeof place === 'number' ? place : undefined;
    this.pointer = typeof place === 'string' ? place : undefined;
  }
}

export class LayerNotFound extends AzalaiError {
  constructor(id: string, known: readonly string[]) {
    super(`There is no collection "${id}". Known collections: ${known.join(', ')}.`);
  }
}

/** A version was published once, and its records have been dropped since. */
export class VersionNotKept extends AzalaiError {}

export class FeatureNotFound extends AzalaiError {
  constructor(layerId: string, featureId: string) {
    super(`The collection "${layerId}" has no item "${featureId}".`);
  }
}

export class TileOutOfRange extends AzalaiError {}

/** A layer definition or a data file breaks its schema. */
export class InvalidLayer extends AzalaiError {}

/** The database cannot be reached now; the same request may succeed later. */
export class DatabaseUnavailable extends AzalaiError {}

/** A query passed its time limit and was cancelled. */
export class QueryTimeout extends AzalaiError {}

/** A shape reaches so far over the earth that it cannot be measured. */
export class ShapeTooLarge extends AzalaiError {}

/** A query needed more memory than one may take; the same request will again. */
export class QueryTooLarge extends AzalaiError {}

/** The disk of the database has no room left; what was being written is rolled back. */
export class DatabaseFull extends AzalaiError {}

/** Too many are waiting for the same part of the database; the same request may succeed in a moment. */
export class LaneSaturated extends AzalaiError {}

/** The client went away before it had its answer: nobody is left to read this. */
export class RequestAborted extends AzalaiError {}

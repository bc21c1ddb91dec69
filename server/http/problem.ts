import type { ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { AnalysisTooLarge } from '../analysis/estimate.ts';
import {
  DatabaseFull,
  DatabaseUnavailable,
  type Fault,
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
} from '../core/errors.ts';
import { LimitExceeded, UnreadableFile } from '../ingest/errors.ts';
import {
  JobDismissed,
  JobFailed,
  JobInterrupted,
  JobNotFound,
  JobsFull,
  ResultNotReady,
  TooMuchToKeep,
  WithheldMeanwhile,
} from '../jobs/analysis/errors.ts';
import { BriefChanged, BriefNotFound, BriefsFull } from '../jobs/briefs/errors.ts';
import { InvalidRecord, RecordChanged, TagRequired } from '../jobs/correct/errors.ts';
import {
  ArchiveTooLarge,
  CannotWrite,
  DiskFull,
  ExportBusy,
  NotExportable,
  NothingToExport,
} from '../jobs/export/errors.ts';
import { NoBrowser, PrinterBusy, PrintTooSlow } from '../jobs/pdf/errors.ts';
import { LicenceForbids, PublishConflict, SettingsChanged, VersionNotFound } from '../jobs/publish/errors.ts';
import {
  UnsupportedBody,
  UploadConflict,
  UploadCutShort,
  UploadNotFound,
  UploadsFull,
  UploadTooLarge,
} from '../jobs/uploads/errors.ts';
import { NeverTogether, ViewNotFound } from '../jobs/views/errors.ts';
import { FeedNotFound, WatchesFull, WatchNotFound } from '../jobs/watches/errors.ts';
import { ProcessNotFound, QuestionTooLarge } from './processes/errors.ts';

/** A part was asked for that the resource does not have. */
export class NoSuchRange extends Error {}

/** The resource is not what the request was made for. */
export class PreconditionFailed extends Error {}

/** Nothing is served at this address. */
export class NoSuchResource extends Error {}

/** The resource has no such representation. */
export class NotAcceptable extends Error {}

/** The resource does not take this method. */
export class MethodNotAllowed extends Error {
  readonly allow: string;
  constructor(method: string, allow: string) {
    super(`${method} is not possible here: the resource takes ${allow}.`);
    this.allow = allow;
  }
}

/** The caller has not shown that he may do this. */
export class TokenRequired extends Error {
  /** By RFC 6750: a token that is wrong is named so, one that is missing is asked for. */
  readonly challenge: string;
  constructor(message: string, isWrong: boolean) {
    super(message);
    this.challenge = `Bearer realm="Azalai"${isWrong ? ', error="invalid_token"' : ''}`;
  }
}

/** A request that names the server by what cannot be a name. RFC 9112, 3.2: it is refused. */
export class InvalidHost extends Error {}

type ErrorClass = new (...args: never[]) => Error;

/** The one table from cause to status. */
const STATUS: readonly (readonly [ErrorClass, number, string])[] = [
  [InvalidRecord, 422, 'Not a sound record'],
  [InvalidParameter, 400, 'Invalid parameter'],
  [InvalidFilter, 400, 'Invalid filter'],
  [InvalidHost, 400, 'Invalid host'],
  [AnalysisTooLarge, 400, 'Too large an analysis'],
  [TooMuchToKeep, 400, 'Too much to keep'],
  [ShapeTooLarge, 400, 'Too large a shape'],
  [ArchiveTooLarge, 400, 'Too large an archive'],
  [UploadCutShort, 400, 'Cut short'],
  [TokenRequired, 401, 'Token required'],
  [LicenceForbids, 403, 'Not allowed by its licence'],
  [NotExportable, 403, 'May not be passed on'],
  [NothingToExport, 404, 'Nothing to export'],
  [LayerNotFound, 404, 'No such collection'],
  [FeatureNotFound, 404, 'No such item'],
  [TileOutOfRange, 404, 'No such tile'],
  [VersionNotFound, 404, 'No such version'],
  [UploadNotFound, 404, 'No such upload'],
  [ProcessNotFound, 404, 'No such process'],
  [JobNotFound, 404, 'No such job'],
  [ResultNotReady, 404, 'No result yet'],
  [ViewNotFound, 404, 'No such view'],
  [BriefNotFound, 404, 'No such brief'],
  [WatchNotFound, 404, 'No such watched question'],
  [FeedNotFound, 404, 'No such feed'],
  [NoSuchResource, 404, 'No such resource'],
  [MethodNotAllowed, 405, 'Method not allowed'],
  [NotAcceptable, 406, 'Not acceptable'],
  [PublishConflict, 409, 'Cannot be published so'],
  [UploadConflict, 409, 'Not in this state'],
  [WithheldMeanwhile, 409, 'Withheld meanwhile'],
  [NeverTogether, 409, 'Never shown together'],
  [VersionNotKept, 410, 'No longer kept'],
  [JobDismissed, 410, 'Dismissed'],
  [PreconditionFailed, 412, 'Precondition failed'],
  [RecordChanged, 412, 'Changed meanwhile'],
  [SettingsChanged, 412, 'Changed meanwhile'],
  [BriefChanged, 412, 'Changed meanwhile'],
  [UploadTooLarge, 413, 'Too large a file'],
  [QuestionTooLarge, 413, 'Too large a question'],
  [UnsupportedBody, 415, 'Cannot be taken in this form'],
  [NoSuchRange, 416, 'No such range'],
  [UnreadableFile, 422, 'Unreadable file'],
  [LimitExceeded, 422, 'Too much in one file'],
  [InvalidLayer, 422, 'Not a sound layer'],
  [TagRequired, 428, 'Precondition required'],
  [WatchesFull, 507, 'No room to store it'],
  [BriefsFull, 507, 'No room to store it'],
  [UploadsFull, 507, 'No room to store it'],
  [DiskFull, 507, 'No room to store it'],
  [DatabaseFull, 507, 'No room to store it'],
  [CannotWrite, 500, 'Cannot be stored'],
  [NoBrowser, 501, 'No browser to print with'],
  [DatabaseUnavailable, 503, 'Temporarily unavailable'],
  [QueryTimeout, 503, 'Took too long'],
  [QueryTooLarge, 503, 'Needs too much memory'],
  [LaneSaturated, 503, 'Too busy'],
  [ExportBusy, 503, 'Too busy'],
  [PrinterBusy, 503, 'Too busy'],
  [PrintTooSlow, 503, 'Took too long'],
  [JobsFull, 503, 'Too busy'],
  [JobInterrupted, 503, 'Interrupted'],
];

/** What is not in the table: an error of Express's own, and faults of ours. */
const MALFORMED = ['MalformedAddress', 400, 'Malformed address'] as const;
const INTERNAL = ['InternalError', 500, 'Internal error'] as const;

/** What OGC API Processes calls some causes: clients know them by that. */
const OGC_EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const OGC_TYPES: Readonly<Record<string, string>> = {
  ProcessNotFound: `${OGC_EXCEPTIONS}/no-such-process`,
  JobNotFound: `${OGC_EXCEPTIONS}/no-such-job`,
  ResultNotReady: `${OGC_EXCEPTIONS}/result-not-ready`,
};

/** Where a cause is explained, by the name of its class: the `type` of its problems. From the root of the server. */
const toType = (cause: string) =>
  OGC_TYPES[cause] ?? `/problems#${cause.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;

/** Every cause that there is a problem of, with what all its problems have in common. */
export const PROBLEM_TYPES = [
  ...STATUS.map(([{ name }, status, title]) => [name, status, title] as const),
  ...[MALFORMED, INTERNAL],
].map(([code, status, title]) => ({ type: toType(code), title, status, code }));

const RETRY_AFTER_SECONDS = 5;
/** A queue empties sooner than a database comes back; an archive takes longer than either. */
const RETRY_AFTER: readonly (readonly [ErrorClass, number])[] = [
  [LaneSaturated, 1],
  [ExportBusy, 30],
  [PrinterBusy, 30],
  [JobsFull, 30],
];

function toFaults(error: Error): readonly Fault[] | undefined {
  if (error instanceof InvalidParameter) return error.faults;
  if (error instanceof InvalidFilter) {
    const { position, pointer } = error;
    const place = { ...(position === undefined ? {} : { position }), ...(pointer === undefined ? {} : { pointer }) };
    return [{ parameter: 'filter', detail: error.message, ...place }];
  }
  return undefined;
}

/** An error as RFC 9457 has it; what is not ours says nothing of what happened inside. */
export function toProblem(error: unknown, instance: string) {
  // As it was when the job failed; asked for at another address.
  if (error instanceof JobFailed) return { ...error.problem, instance };
  const known = STATUS.find(([cause]) => error instanceof cause);
  if (known && error instanceof Error) {
    const [{ name }, status, title] = known;
    const errors = toFaults(error);
    return problemOf([name, status, title], error.message, { instance, ...(errors ? { errors } : {}) });
  }
  // Express's own: a malformed percent-encoding in the path.
  if (error instanceof URIError) {
    const detail = 'The address is not well-formed: a "%" must be followed by two hexadecimal digits of UTF-8.';
    return problemOf(MALFORMED, detail, { instance });
  }
  const detail = 'The server failed in a way it should not have. The log has the cause under this request id.';
  return problemOf(INTERNAL, detail, { instance });
}

function problemOf<More extends object>(
  [code, status, title]: readonly [string, number, string],
  detail: string,
  more: More,
) {
  // `code` and `description` are what OGC API clients look for.
  return { type: toType(code), title, status, detail, ...more, code, description: detail };
}

/** The one place that writes an error response. `address` is the request's, with its query string. */
export function writeProblem(log: Logger, error: unknown, address: string, response: ServerResponse): void {
  const requestId = response.getHeader('X-Request-Id');
  if (error instanceof RequestAborted && response.destroyed) {
    log.debug({ requestId }, error.message);
    return;
  }
  const problem = toProblem(error, address.slice(0, 2000));
  if (problem.status >= 500) log.error({ err: error, requestId }, problem.title);
  if (problem.status === 503) {
    const own = RETRY_AFTER.find(([cause]) => error instanceof cause);
    response.setHeader('Retry-After', own?.[1] ?? RETRY_AFTER_SECONDS);
  }
  if (error instanceof TokenRequired) response.setHeader('WWW-Authenticate', error.challenge);
  if (error instanceof MethodNotAllowed) response.setHeader('Allow', error.allow);
  // Of the answer that this would have been.
  response.removeHeader('ETag');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  const body = Buffer.from(JSON.stringify({ ...problem, requestId }));
  response.setHeader('Content-Length', body.length);
  response.statusCode = problem.status;
  response.end(body);
}

export function problemHandler(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) next(error);
    else writeProblem(log, error, request.originalUrl, response);
  };
}

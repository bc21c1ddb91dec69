import { ApiError } from '../api.ts';
import { authorization } from './kept-token.ts';
import { toError } from './with-token.ts';

/** A file up to this size goes in one piece. */
const WHOLE = 250_000;
/** Of a larger one, so much at a time; what came of a part before the line was cut is not sent again. */
const PART = 2_000_000;
const TUS = { 'tus-resumable': '1.0.0' };
/** Seconds until it is tried again; as many tries in a row without a byte getting through. */
const PAUSES = [1, 2, 5, 10, 20, 30, 60, 60];

export interface Hearing {
  /** Bytes that have gone. */
  readonly onProgress: (sent: number) => void;
  /** The line was cut, and it waits: `tryNow` ends the pause. Null: it goes on. */
  readonly onWait: (tryNow: (() => void) | null) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file. Gives the id of the upload. A large one goes by tus 1.0.0, which takes up where the line was cut:
 * https://tus.io/protocols/resumable-upload
 */
export function sendFile(token: string, file: File, hearing: Hearing): Promise<string> {
  return file.size > WHOLE ? sendInParts(token, file, hearing) : sendWhole(token, file, hearing);
}

interface Sending {
  readonly method: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob | null;
}

/** Only this way the page learns how much has gone. */
function transmit(
  { method, address, headers, body }: Sending,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(new ApiError('', 0));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    request.onload = () => {
      if (request.status < 300) resolve(request);
      else reject(toError(request.status, request.responseText, request.statusText));
    };
    request.onloadend = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    else request.send(body);
  });
}

function idIn(request: XMLHttpRequest): string {
  const id = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(request.getResponseHeader('location') ?? '')?.[1];
  if (!id) throw new ApiError('The server did not say which upload this is.', request.status);
  return id;
}

async function sendWhole(token: string, file: File, { onProgress, signal }: Hearing): Promise<string> {
  const headers = {
    ...authorization(token),
    accept: 'application/json',
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name),
  };
  return idIn(await transmit({ method: 'POST', address: 'uploads', headers, body: file }, onProgress, signal));
}

async function sendInParts(token: string, file: File, { onProgress, onWait, signal }: Hearing): Promise<string> {
  const common = { ...authorization(token), ...TUS };
  const metadata = `filename ${toBase64(file.name)}`;
  const begin = { ...common, 'upload-length': String(file.size), 'upload-metadata': metadata };
  const created = await transmit(
    { method: 'POST', address: 'uploads/resumable', headers: begin, body: null },
    () => {},
    signal,
  );
  const id = idIn(created);
  const address = `uploads/resumable/${id}`;
  let offset = 0;
  let failures = 0;
  while (offset < file.size) {
    const from = offset;
    const headers = {
      ...common,
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
    };
    const body = file.slice(from, from + PART);
    try {
      const answer = await transmit(
        { method: 'PATCH', address, headers, body },
        (sent) => onProgress(from + sent),
        signal,
      );
      offset = Number(answer.getResponseHeader('upload-offset') ?? from + body.size);
    } catch (cause) {
      const pause = PAUSES[failures];
      if (!isPassing(cause) || pause === undefined) throw cause;
      failures += 1;
      await wait(pause, onWait, signal);
      const known = await askOffset(common, address, signal).catch((still: unknown) => {
        if (isPassing(still)) return null;
        throw still;
      });
      offset = known ?? from;
      // While nobody can say how much has come, what was shown stays.
      if (known === null) continue;
    }
    if (offset > from) failures = 0;
    onProgress(offset);
  }
  return id;
}

/** The line or the server was away; or the two do not agree on how much has come, which asking settles. */
const isPassing = (cause: unknown) =>
  cause instanceof ApiError && (cause.status === 0 || cause.status === 409 || cause.status >= 500);

async function askOffset(headers: Record<string, string>, address: string, signal: AbortSignal): Promise<number> {
  const answer = await transmit({ method: 'HEAD', address, headers, body: null }, () => {}, signal);
  return Number(answer.getResponseHeader('upload-offset') ?? 0);
}

/** Until the time is over, the reader is impatient, or the machine is on a network again. */
function wait(seconds: number, onWait: Hearing['onWait'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      signal.removeEventListener('abort', stop);
      onWait(null);
      settle();
    };
    const goOn = end(resolve);
    const stop = end(() => reject(new DOMException('', 'AbortError')));
    const timer = setTimeout(goOn, seconds * 1_000);
    addEventListener('online', goOn);
    signal.addEventListener('abort', stop);
    onWait(goOn);
  });
}

/** Of the text as UTF-8, as tus has its metadata. */
function toBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

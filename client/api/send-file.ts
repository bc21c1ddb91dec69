import { ApiError } from '../api.ts';
import { authorization, toError } from './uploads.ts';

/** Beyond, a file goes in parts, so that a line that is cut costs one part and not the file. */
const PART = 2_000_000;
const TUS = { 'tus-resumable': '1.0.0' };
/** Seconds until it is tried again; as many tries in a row without a byte getting through. */
const PAUSES = [1, 2, 5, 10, 20, 30, 60, 60];

type OnProgress = (sent: number) => void;

/**
 * Sends a file; `onProgress` hears the bytes that have gone. Gives the id of the upload. A large one goes by tus 1.0.0,
 * which takes up where the line was cut: https://tus.io/protocols/resumable-upload
 */
export function sendFile(token: string, file: File, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
  return file.size > PART ? sendInParts(token, file, onProgress, signal) : sendWhole(token, file, onProgress, signal);
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
  onProgress: OnProgress,
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

async function sendWhole(token: string, file: File, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
  const headers = {
    ...authorization(token),
    accept: 'application/json',
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name),
  };
  return idIn(await transmit({ method: 'POST', address: 'uploads', headers, body: file }, onProgress, signal));
}

async function sendInParts(token: string, file: File, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
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
      await wait(pause, signal);
      offset = await askOffset(common, address, signal).catch((still: unknown) => {
        if (isPassing(still)) return from;
        throw still;
      });
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

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    });
  });
}

/** Of the text as UTF-8, as tus has its metadata. */
function toBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

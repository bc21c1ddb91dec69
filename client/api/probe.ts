/** Asks as another program would, and tells what came: no answer and no status is an error here. */

export interface Asked {
  readonly method?: 'GET' | 'OPTIONS';
  /** Whole, with its origin. */
  readonly address: string;
  readonly accept: string;
  /** After so many bytes no more is read. */
  readonly most?: number;
}

export interface Answer {
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  /** Content-Type as it came; empty when there was none. */
  readonly type: string;
  /** The header Allow. */
  readonly allow: string;
  /** What was read of the body. */
  readonly bytes: Uint8Array;
}

export type Probe = (asked: Asked) => Promise<Answer>;

const MOST = 20_000_000;

/** Past the browser's cache, which other programs do not have. */
export function probing(signal: AbortSignal): Probe {
  return async ({ method = 'GET', address, accept, most = MOST }) => {
    try {
      const response = await fetch(address, { method, headers: { accept }, cache: 'no-store', signal });
      const bytes = await firstBytes(response, most);
      const header = (name: string) => response.headers.get(name) ?? '';
      return { status: response.status, type: header('content-type'), allow: header('allow'), bytes };
    } catch (cause) {
      if (signal.aborted) throw cause;
      return { status: 0, type: '', allow: '', bytes: new Uint8Array() };
    }
  };
}

async function firstBytes({ body }: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  while (reader && length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  reader?.cancel().catch(() => undefined);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

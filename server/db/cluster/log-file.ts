import { closeSync, fstatSync, openSync, readSync, statSync, truncateSync, writeFileSync } from 'node:fs';

const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/** Keeps the log of a server that runs for years small: past the limit only its end stays. */
export function boundLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LOG_LIMIT_BYTES) return;
  writeFileSync(`${file}.old`, tail(file, LOG_LIMIT_BYTES / 4), { mode: 0o600 });
  truncateSync(file, 0);
}

/** The last `bytes` of a file, as text; never throws. */
export function tail(file: string, bytes: number): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const { size } = fstatSync(handle);
      const buffer = Buffer.alloc(Math.min(bytes, size));
      readSync(handle, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trim();
    } finally {
      closeSync(handle);
    }
  } catch {
    return '(nothing)';
  }
}

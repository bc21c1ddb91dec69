import type { Response } from 'express';
import { NoSuchRange, PreconditionFailed } from './problem.ts';

/**
 * Sends a file, or the ranges of it that are asked for; false when it is not there.
 * @throws NoSuchRange, PreconditionFailed
 */
export function sendFile(
  response: Response,
  root: string,
  name: string,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // By the root, or a folder above it with a dot in its name would hide it.
    response.sendFile(name, { root, headers, cacheControl: false }, (error?: Error & { status?: number }) => {
      // Who has gone hears nothing; what breaks under way has sent its status already.
      if (!error || response.headersSent || response.destroyed) return resolve(true);
      if (error.status === 404) return resolve(false);
      for (const header of ['ETag', 'Last-Modified', 'Content-Disposition']) response.removeHeader(header);
      if (error.status === 416) return reject(new NoSuchRange('The file ends before the range that was asked for.'));
      if (error.status === 412) return reject(new PreconditionFailed('The file is another one than was asked for.'));
      reject(error);
    });
  });
}

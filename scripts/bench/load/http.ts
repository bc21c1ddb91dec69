import { Agent, get } from 'node:http';
import { CONCURRENCY } from '../contender.ts';
import type { Load } from '../figures.ts';
import { runPasses } from './passes.ts';
import { hasWrk, runWrk } from './wrk.ts';

export interface Answer {
  readonly body: Buffer;
  /** Of the body as it is here; `identity` when none. */
  readonly encoding: string;
}

interface FetchOptions {
  readonly agent?: Agent;
  readonly encodings?: string;
}

/** Rejects unless the answer is a 200. */
export function fetchOnce(url: string, { agent, encodings = 'gzip' }: FetchOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'Accept-Encoding': encodings } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode === 200)
          resolve({ body, encoding: response.headers['content-encoding'] ?? 'identity' });
        else reject(new Error(`${url} answered ${response.statusCode}: ${body.toString().slice(0, 500)}`));
      });
    }).on('error', reject);
  });
}

async function runLoop(urls: readonly string[], seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  try {
    return await runPasses(urls, seconds, (url) => fetchOnce(url, { agent }));
  } finally {
    agent.destroy();
  }
}

/**
 * Answers that are ready are asked for by wrk where it is installed, for a loop in Node would be the slower end. Answers
 * that are made (`ready: false`) are always asked for by the loop, which goes through whole lists.
 */
export function runHttp(urls: readonly string[], seconds: number, ready: boolean): Promise<Load> {
  return ready && hasWrk() ? runWrk(urls, seconds) : runLoop(urls, seconds);
}

import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

/** A log for a server under test, and the addresses that it has been asked for, in the order of their answers. */
export function requestLog(): { readonly log: Logger; readonly addresses: string[] } {
  const addresses: string[] = [];
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of String(chunk).split('\n')) {
        if (!line.includes('"url"')) continue;
        addresses.push((JSON.parse(line) as { url: string }).url);
      }
      done();
    },
  });
  return { log: pino({ level: 'debug' }, lines), addresses };
}

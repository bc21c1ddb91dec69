import { UnreadableFile } from '../errors.ts';
import type { Reading } from '../feature.ts';
import { issueReading } from '../text/issue.ts';
import type { Found } from './document-scanner.ts';

type Of<Kind extends Found['kind']> = Extract<Found, { kind: Kind }>;

/**
 * What is to be said of a JSON text that cannot be read on. `read`: records so far; `notJson`: what to say of a text that
 * does not even begin as JSON.
 * @throws UnreadableFile
 */
export function brokenReading({ at, expected, found, begun }: Of<'broken'>, read: number, notJson: string): Reading {
  if (!begun) throw new UnreadableFile(found === null ? 'The file is empty. Send one with records in it.' : notJson);
  const before = read > 0 ? ` The ${read} records before it were read.` : '';
  const place = { line: at.line, byte: at.byte };
  const where = `Line ${at.line}, column ${at.column}`;
  return found === null
    ? issueReading({
        code: 'json-cut-off',
        severity: 'error',
        place,
        detail: `${where}: the file ends before it is complete; expected ${expected}.${before} Probably it was not sent whole.`,
      })
    : issueReading({
        code: 'not-json',
        severity: 'error',
        place,
        value: found,
        detail: `${where}: this is not JSON, and what follows cannot be read. Expected ${expected}.${before}`,
      });
}

/** What is to be said of something behind the end: `mend` tells how to send two texts as one. */
export function trailingReading({ at, found }: Of<'trailing'>, mend: string): Reading {
  const place = { line: at.line, byte: at.byte };
  const more = found.startsWith('{');
  const detail = more
    ? `Another JSON text follows the first, and was not read. ${mend}`
    : 'Something follows the end of the JSON, and was not read.';
  return issueReading({ code: 'trailing-content', severity: more ? 'error' : 'warning', place, value: found, detail });
}

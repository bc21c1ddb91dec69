import type { Issue, Place } from '../feature.ts';
import { toIssue } from '../text/issue.ts';
import { fromMojibake } from '../text/mojibake.ts';

/** Only text beyond ASCII can have been read wrongly. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/** Says once for each column that its letters look as if they had been read in the wrong encoding, with an example. */
export class TextWatch {
  readonly #said = new Set<string>();

  look(column: string, text: string, index: number, place: Place): Issue | null {
    if (this.#said.has(column) || ASCII.test(text)) return null;
    const lost = text.includes('\ufffd');
    const mended = lost ? null : fromMojibake(text);
    if (!lost && mended === null) return null;
    this.#said.add(column);
    return toIssue({
      code: lost ? 'letters-lost' : 'mojibake',
      severity: 'warning',
      index,
      place: { ...place, pointer: column },
      value: text,
      detail: lost
        ? 'Letters of this column were lost before the file was sent (the sign stands for them). Take it again from its source.'
        : `Letters of this column look misread, here first: probably "${mended}". Save the file again as UTF-8 from its source.`,
    });
  }
}

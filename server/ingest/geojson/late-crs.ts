import type { Limits, SourceFile } from '../source.ts';
import { DocumentScanner } from './document-scanner.ts';

const TAIL = 65_536;

/**
 * The `crs` member of a collection that names it after its features, or undefined. What follows the features is nearly
 * always in the last bytes: only where these have the word is the file scanned, and then without making anything of it.
 * @throws LimitExceeded
 */
export async function findLateCrs(file: SourceFile, limits: Limits): Promise<unknown> {
  const tail = Buffer.from(await file.readAt(Math.max(0, file.bytes - TAIL), Math.min(TAIL, file.bytes)));
  if (!tail.includes('"crs"')) return undefined;
  const scanner = new DocumentScanner(limits);
  for await (const chunk of file.stream()) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (const found of scanner.push(bytes)) {
      if (found.kind === 'broken' || found.kind === 'closed') return undefined;
      if (found.kind === 'member' && found.key.equals(CRS)) return fromJson(found.value.text);
    }
  }
  return undefined;
}

const CRS = Buffer.from('"crs"');

function fromJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

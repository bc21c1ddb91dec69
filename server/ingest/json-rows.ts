import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { DocumentScanner } from './geojson/document-scanner.ts';
import { sniffJson } from './geojson/sniff.ts';
import { utf8Chunks } from './geojson/utf8-chunks.ts';
import { findRowList } from './json-rows/find-list.ts';
import { RowReader } from './json-rows/row-reader.ts';
import type { Limits, SourceFile } from './source.ts';
import { openUnpacked } from './text/unpacked.ts';

/** A list of flat objects, as the interfaces of data services give it: alone, or as a member of an object. Each is a row. */
export const jsonRows: Format = {
  name: 'json-rows',
  title: 'JSON, a list of records',
  sniff: (head, fileName) => sniffJson(head, fileName) === 'rows',
  read,
};

/** In so much of the beginning the list is to begin. */
const HEAD_BYTES = 65_536;
const DATA = Buffer.from('"data"');

async function* read(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const unpacked = await openUnpacked(file, limits);
  const reader = new RowReader(limits);
  let scanner: DocumentScanner | null = null;
  let ended = false;
  for await (const chunk of headFirst(utf8Chunks(unpacked.chunks))) {
    scanner ??= new DocumentScanner(limits, findRowList(chunk)?.key ?? DATA);
    // A damaged gzip gives wrong bytes before it is seen to be one: read on, to say so.
    if (ended) continue;
    for (const found of scanner.push(chunk)) {
      for (const reading of reader.take(found)) yield reading;
      ended = found.kind === 'broken' || found.kind === 'trailing';
    }
    if (ended && !unpacked.gzipped) return;
  }
  const fault = unpacked.fault();
  scanner ??= new DocumentScanner(limits, DATA);
  if (fault && scanner.begun) yield { type: 'issue', issue: fault };
  else if (fault) throw new UnreadableFile(fault.detail);
  else if (!ended) for (const found of scanner.end()) for (const reading of reader.take(found)) yield reading;
}

/** The chunks, the first of them long enough to tell where the list is. */
async function* headFirst(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    // A copy: the source may write its next bytes to the same place.
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    yield head;
    head = null;
  }
  if (head && head.length > 0) yield head;
}

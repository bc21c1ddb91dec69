import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { DocumentReader } from './geojson/document-reader.ts';
import { DocumentScanner } from './geojson/document-scanner.ts';
import { findLateCrs } from './geojson/late-crs.ts';
import { sniffJson } from './geojson/sniff.ts';
import { utf8Chunks } from './geojson/utf8-chunks.ts';
import type { Limits, SourceFile } from './source.ts';
import { openUnpacked } from './text/unpacked.ts';

/** One GeoJSON text (RFC 7946, or 2008 with `crs`): a collection, a feature or a geometry. */
export const geojson: Format = {
  name: 'geojson',
  title: 'GeoJSON',
  sniff: (head, fileName) => sniffJson(head, fileName) === 'document',
  read,
};

async function* read(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const unpacked = await openUnpacked(file, limits);
  const scanner = new DocumentScanner(limits);
  const reader = new DocumentReader(limits);
  let ended = false;
  for await (const chunk of utf8Chunks(unpacked.chunks)) {
    // A damaged gzip gives wrong bytes before it is seen to be one: read on, to say so.
    if (ended) continue;
    for (const found of scanner.push(chunk)) {
      if (found.kind === 'features' && !reader.knowsCrs && !unpacked.gzipped) {
        const crs = await findLateCrs(file, limits);
        if (crs !== undefined) reader.setCrs(crs);
      }
      for (const reading of reader.take(found)) yield reading;
      ended = found.kind === 'broken' || found.kind === 'trailing';
    }
    if (ended && !unpacked.gzipped) return;
  }
  const fault = unpacked.fault();
  if (fault && scanner.begun) yield { type: 'issue', issue: fault };
  else if (fault) throw new UnreadableFile(fault.detail);
  else if (!ended) for (const found of scanner.end()) for (const reading of reader.take(found)) yield reading;
}

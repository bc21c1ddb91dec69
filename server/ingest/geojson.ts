import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { DocumentReader } from './geojson/document-reader.ts';
import { DocumentScanner } from './geojson/document-scanner.ts';
import { findLateCrs } from './geojson/late-crs.ts';
import { sniffJson } from './geojson/sniff.ts';
import { utf8Chunks } from './geojson/utf8-chunks.ts';
import { BatchFiller, type BatchReading } from './record-batch.ts';
import type { Limits, SourceFile } from './source.ts';
import { openUnpacked } from './text/unpacked.ts';

/** One GeoJSON text (RFC 7946, or 2008 with `crs`): a collection, a feature or a geometry. */
export const geojson: Format = {
  name: 'geojson',
  title: 'GeoJSON',
  sniff: (head, fileName) => sniffJson(head, fileName) === 'document',
  read: (file, limits) => read(file, limits, null) as AsyncIterable<Reading>,
  readBatches: (file, limits) => read(file, limits, new BatchFiller()),
};

/** `filler`: what puts records together. Then all of them go in batches, so that they are read in their order. */
async function* read(
  file: SourceFile,
  limits: Limits,
  filler: BatchFiller | null,
): AsyncGenerator<Reading | BatchReading> {
  const unpacked = await openUnpacked(file, limits);
  const scanner = new DocumentScanner(limits);
  const reader = new DocumentReader(limits);
  const filled = (): BatchReading[] => {
    const batch = filler?.take();
    return batch ? [{ type: 'batch', batch, read: () => reader.takeBatch(batch) }] : [];
  };
  let ended = false;
  for await (const chunk of utf8Chunks(unpacked.chunks)) {
    // A damaged gzip gives wrong bytes before it is seen to be one: read on, to say so.
    if (ended) continue;
    for (const found of scanner.push(chunk)) {
      if (filler && found.kind === 'feature') {
        if (filler.isFull(found.text.length)) yield* filled();
        filler.add(found);
        reader.expect();
        continue;
      }
      yield* filled();
      if (found.kind === 'features' && !reader.knowsCrs && !unpacked.gzipped) {
        const crs = await findLateCrs(file, limits);
        if (crs !== undefined) reader.setCrs(crs);
      }
      for (const reading of reader.take(found)) yield reading;
      ended = found.kind === 'broken' || found.kind === 'trailing';
    }
    if (ended && !unpacked.gzipped) return;
  }
  yield* filled();
  const fault = unpacked.fault();
  if (fault && scanner.begun) yield { type: 'issue', issue: fault };
  else if (fault) throw new UnreadableFile(fault.detail);
  else if (!ended) for (const found of scanner.end()) for (const reading of reader.take(found)) yield reading;
}

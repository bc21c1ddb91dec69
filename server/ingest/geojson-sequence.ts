import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { WGS84 } from './geojson/crs.ts';
import { RecordReader } from './geojson/record-reader.ts';
import { toFoundValue } from './geojson/sequence-record.ts';
import { sniffJson } from './geojson/sniff.ts';
import { utf8Chunks } from './geojson/utf8-chunks.ts';
import type { Limits, SourceFile } from './source.ts';
import { RecordSplitter, type TextRecord } from './text/records.ts';
import { openUnpacked } from './text/unpacked.ts';

const RECORD_SEPARATOR = 0x1e;
const NEWLINE = 0x0a;

/** A feature or geometry on each line, or after each record separator (RFC 8142). A bad one leaves the others readable. */
export const geojsonSequence: Format = {
  name: 'geojson-sequence',
  title: 'GeoJSON, one feature a line',
  sniff: (head, fileName) => sniffJson(head, fileName) === 'sequence',
  read,
};

async function* read(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const unpacked = await openUnpacked(file, limits);
  const reader = new RecordReader(limits);
  reader.crs = WGS84;
  let begun = false;

  function toReadings(record: TextRecord): Reading[] {
    const found = toFoundValue(record, limits.depth);
    if (!found) return [];
    if (begun) return reader.read(found);
    begun = true;
    if (found.text[0] !== 0x7b)
      throw new UnreadableFile('This is no sequence of GeoJSON: its first record must begin with "{".');
    return [{ type: 'layer', layer: { name: null, crs: WGS84, columns: null } }, ...reader.read(found)];
  }

  let splitter: RecordSplitter | null = null;
  for await (const chunk of utf8Chunks(unpacked.chunks)) {
    if (!splitter) {
      const separated = chunk.toString('latin1', 0, 64).trimStart().charCodeAt(0) === RECORD_SEPARATOR;
      splitter = new RecordSplitter(separated ? RECORD_SEPARATOR : NEWLINE, limits.recordBytes);
    }
    for (const record of splitter.push(chunk)) for (const reading of toReadings(record)) yield reading;
  }
  const fault = unpacked.fault();
  if (splitter && !fault) for (const reading of toReadings(splitter.end())) yield reading;
  if (!begun) throw new UnreadableFile(fault?.detail ?? 'The file is empty. Send one with records in it.');
  if (fault) yield { type: 'issue', issue: fault };
}

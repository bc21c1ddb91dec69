import { sniffDelimiter } from './csv/delimiter.ts';
import { RowCutter } from './csv/rows.ts';
import { isText, sniffCsv } from './csv/sniff.ts';
import { TableReader } from './csv/table-reader.ts';
import { UnreadableFile } from './errors.ts';
import type { Issue, Reading } from './feature.ts';
import type { Format } from './format.ts';
import type { Limits, SourceFile } from './source.ts';
import { decodeText } from './text/decoded.ts';
import { openUnpacked } from './text/unpacked.ts';

/** Tables as text: comma, tab, semicolon or pipe between fields. Values stay text; an empty field is null. */
export const csv: Format = {
  name: 'csv',
  title: 'CSV or TSV',
  sniff: sniffCsv,
  read,
};

/** Excel writes and reads such a first line. */
const TOLD = /^sep=([,;|\t])\r?\n/i;

async function* read(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const unpacked = await openUnpacked(file, limits);
  const text = decodeText(unpacked.chunks);
  const table = new TableReader(limits);
  let cutter: RowCutter | null = null;
  let told = false;
  for await (const piece of text.pieces) {
    if (!cutter) {
      // The first piece is long enough to tell by.
      told = TOLD.test(piece);
      cutter = new RowCutter(delimiterOf(piece, unpacked.fault()), limits);
    }
    for (const row of await cutter.push(piece)) {
      if (told && row.line === 1) continue;
      for (const reading of table.take(row)) yield reading;
    }
    if (cutter.fault) break;
  }
  if (!cutter) return;
  for (const row of await cutter.end()) for (const reading of table.take(row)) yield reading;
  yield* table.end();
  for (const issue of [text.encodingIssue(), cutter.fault, unpacked.fault()]) if (issue) yield { type: 'issue', issue };
}

/** @throws UnreadableFile */
function delimiterOf(sample: string, fault: Issue | null): string {
  if (sample.trim() === '')
    throw new UnreadableFile(fault?.detail ?? 'The file is empty. Send one with records in it.');
  if (!isText(sample)) throw new UnreadableFile('This is not text, and so no table. Send it as CSV in UTF-8.');
  return TOLD.exec(sample)?.[1] ?? sniffDelimiter(sample) ?? ',';
}

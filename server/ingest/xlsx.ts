import { untilCutShort } from './archive/cut-short.ts';
import { extension, isZip, namesInHead } from './archive/names.ts';
import { openArchive } from './archive/open.ts';
import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import type { Limits, SourceFile } from './source.ts';
import { readSheet } from './xlsx/sheet.ts';
import { readWorkbook } from './xlsx/workbook.ts';

/** The container of Excel's old files, and of new ones that are locked with a password. */
const isCompound = (head: Uint8Array): boolean =>
  head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0;

/** Excel workbooks (ECMA-376): each sheet is a layer, its rows records that are yet to be located. */
export const xlsx: Format = {
  name: 'xlsx',
  title: 'Excel (.xlsx)',
  sniff: (head, fileName) =>
    (isCompound(head) && /\.xls[xmb]?$/i.test(fileName)) ||
    (isZip(head) &&
      (namesInHead(head).some((name) => name.startsWith('xl/')) || /\.xls[xm]$/.test(extension(fileName)))),
  read: (file, limits) => untilCutShort(readXlsx(file, limits), limits),
};

async function* readXlsx(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  if (isCompound(await file.readAt(0, 8))) {
    throw new UnreadableFile(
      `"${file.name}" is of Excel's old format, or locked with a password. Save it as "Excel workbook (.xlsx)" without a password.`,
    );
  }
  const { members, issues } = await openArchive(file, limits);
  for (const issue of issues) yield { type: 'issue', issue };
  const workbook = await readWorkbook(members, file.name, limits);
  let records = 0;
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) yield hiddenSheet(sheet.name);
    else records = yield* readSheet(sheet, workbook, records, limits);
  }
}

const hiddenSheet = (name: string): Reading => ({
  type: 'issue',
  issue: {
    code: 'hidden-sheet',
    severity: 'note',
    index: null,
    place: { part: name },
    value: null,
    detail: 'The sheet is hidden and was not read. Show it in Excel to have it read.',
  },
});

import type { Member } from '../archive/open.ts';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Limits } from '../source.ts';
import { visitXml } from '../xml/visit.ts';
import { type Shown, shownByCode, shownByNumber } from './serial-date.ts';

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly member: Member;
}

/** What the cells of all sheets refer to. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** By the number of a cell's style. */
  readonly styles: readonly Shown[];
}

/** What a string costs besides its letters. */
const STRING = 32;
const MOST_STYLES = 65_536;
const MOST_SHEETS = 1000;

/**
 * The parts that sheets are read with. Shared strings are in memory as long as the workbook is read, since cells refer
 * to them in any order, and so they are bounded by `recordBytes`.
 * @throws LimitExceeded, UnreadableFile
 */
export async function readWorkbook(members: readonly Member[], fileName: string, limits: Limits): Promise<Workbook> {
  const part = (name: string) => members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  const book = part('xl/workbook.xml');
  if (!book) {
    throw new UnreadableFile(
      `"${fileName}" is no Excel workbook: it has no xl/workbook.xml. Save it as "Excel workbook (.xlsx)".`,
    );
  }
  const targets = await readTargets(part('xl/_rels/workbook.xml.rels'), limits);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await walk(book, limits, (element, attributes) => {
    if (element === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    if (element !== 'sheet') return;
    const id = attributes['r:id'] ?? Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
    const target = targets.get(id) ?? `worksheets/sheet${sheets.length + 1}.xml`;
    const member = part(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    const hidden = (attributes.state ?? 'visible') !== 'visible';
    if (member && !/chartsheets\//i.test(target)) sheets.push({ name: attributes.name ?? '', hidden, member });
    if (sheets.length > MOST_SHEETS) throw new LimitExceeded(`"${fileName}" has more than ${MOST_SHEETS} sheets.`);
  });
  if (sheets.length === 0) throw new UnreadableFile(`The workbook "${fileName}" has no sheet that can be read.`);
  return {
    sheets,
    from1904,
    strings: await readStrings(part('xl/sharedStrings.xml'), limits),
    styles: await readStyles(part('xl/styles.xml'), limits),
  };
}

/** Calls `open` for each element of a small part. */
async function walk(
  member: Member,
  limits: Limits,
  open: (element: string, attributes: Readonly<Record<string, string>>, path: readonly string[]) => void,
): Promise<void> {
  const path: string[] = [];
  const visitor = {
    open(element: string, attributes: Readonly<Record<string, string>>) {
      open(element, attributes, path);
      path.push(element);
    },
    text() {},
    close() {
      path.pop();
    },
  };
  for await (const _ of visitXml(member.stream(), member.name, limits, () => visitor));
}

async function readTargets(member: Member | undefined, limits: Limits): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  if (member) {
    await walk(member, limits, (element, { Id, Target }) => {
      if (element === 'Relationship' && Id && Target && targets.size < MOST_STYLES) targets.set(Id, Target);
    });
  }
  return targets;
}

async function readStrings(member: Member | undefined, limits: Limits): Promise<string[]> {
  const strings: string[] = [];
  if (!member) return strings;
  let text = '';
  let cost = 0;
  const path: string[] = [];
  const visitor = {
    open(element: string) {
      path.push(element);
      if (element === 'si') text = '';
    },
    text(more: string) {
      // Phonetic readings (rPh) repeat the text in another script.
      if (path.at(-1) === 't' && !path.includes('rPh')) text += more;
      if (text.length > limits.recordBytes) throw tooMuchText(limits);
    },
    close(element: string) {
      path.pop();
      if (element !== 'si') return;
      strings.push(text);
      cost += text.length + STRING;
      if (cost > limits.recordBytes) throw tooMuchText(limits);
    },
  };
  for await (const _ of visitXml(member.stream(), member.name, limits, () => visitor));
  return strings;
}

const tooMuchText = ({ recordBytes }: Limits) =>
  new LimitExceeded(
    `The texts of the workbook take more than ${recordBytes} bytes (limit UPLOAD_RECORD_MB). Send it as CSV.`,
  );

async function readStyles(member: Member | undefined, limits: Limits): Promise<Shown[]> {
  const codes = new Map<number, string>();
  const styles: Shown[] = [];
  if (!member) return styles;
  await walk(member, limits, (element, { numFmtId, formatCode }, path) => {
    if (styles.length > MOST_STYLES || codes.size > MOST_STYLES) return;
    const id = Number(numFmtId ?? 0);
    if (element === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode.slice(0, 1000));
    if (element !== 'xf' || path.at(-1) !== 'cellXfs') return;
    const code = codes.get(id);
    styles.push(code === undefined ? shownByNumber(id) : shownByCode(code));
  });
  return styles;
}

import type { ZipMember } from './zip.ts';

export type Value = string | number | boolean | null | { readonly raw: string };

const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-40C]d\\ mmm\\ yyyy;@"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>`;

/** A cell as it stands in the XML. */
export const raw = (xml: string) => ({ raw: xml });
const letter = (column: number) => String.fromCharCode(65 + column);

/** A sheet of rows from row 1 on; text is shared, null leaves the cell out. */
function sheetXml(rows: readonly (readonly Value[])[], strings: string[]): string {
  const cell = (value: Value, at: string) => {
    if (value === null) return '';
    if (typeof value === 'object') return value.raw.replace('<c', `<c r="${at}"`);
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${Number(value)}</v></c>`;
    return `<c r="${at}" t="s"><v>${strings.push(value) - 1}</v></c>`;
  };
  const lines = rows.map(
    (row, index) =>
      `<row r="${index + 1}">${row.map((value, column) => cell(value, `${letter(column)}${index + 1}`)).join('')}</row>`,
  );
  return `<?xml version="1.0"?><worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** The members of a workbook with these sheets. */
export function workbook(
  sheets: Record<string, readonly (readonly Value[])[]>,
  { book = '', state = '' } = {},
): ZipMember[] {
  const strings: string[] = [];
  const names = Object.keys(sheets);
  const bodies = Object.values(sheets).map((rows) => sheetXml(rows, strings));
  const listed = names.map(
    (name, index) => `<sheet name="${name}" sheetId="${index + 1}" ${index > 0 ? state : ''} r:id="rId${index + 1}"/>`,
  );
  const related = names.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Target="${index % 2 ? '/xl/' : ''}worksheets/sheet${index + 1}.xml"/>`,
  );
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.xml', content: `<workbook>${book}<sheets>${listed.join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${related.join('')}</Relationships>` },
    ...bodies.map((content, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content })),
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst>${strings.map((text) => `<si><r><t>${text.slice(0, 1)}</t></r><r><t xml:space="preserve">${text.slice(1)}</t></r><rPh><t>phonetic</t></rPh></si>`).join('')}</sst>`,
    },
    { name: 'xl/styles.xml', content: STYLES },
  ];
}

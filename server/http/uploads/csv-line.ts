/** With which programs know a file for UTF-8; a spreadsheet would read it as something else. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A text that a spreadsheet would take for a formula is not one: it may come from a stranger. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d.,]+$)/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A line of a table as RFC 4180 has it. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

/** The row of hashtags is to be among this many first rows: https://hxlstandard.org/standard/1-1final/ */
export const HXL_ROWS = 25;

const TAG = /^#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*$/i;

/** Whether a row is one of HXL hashtags: nothing in it but tags and empty cells. */
export function isHxlRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => TAG.test(cell));
}

/** A tag as tags are compared: small letters, no spaces. Empty when the column has none. */
export function toTag(cell: string): string {
  return cell.replace(/\s+/g, '').toLowerCase();
}

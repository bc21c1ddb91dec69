/** Compares texts by their UTF-16 code units: for a total order that is the same in every language and on every machine. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

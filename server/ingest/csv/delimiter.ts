/** In the order in which they are believed: a comma is a decimal sign in French where a semicolon divides. */
const DELIMITERS = ['\t', ';', '|', ','] as const;

export type Delimiter = (typeof DELIMITERS)[number];

const RECORDS = 30;

/** How often each delimiter stands outside quotes, record by record, in the beginning of a table. */
function countDelimiters(text: string): number[][] {
  const records: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let filled = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (quoted) continue;
    if (char === '\n') {
      if (filled) records.push(counts);
      if (records.length === RECORDS) return records;
      counts = DELIMITERS.map(() => 0);
      filled = false;
      continue;
    }
    filled ||= char.trim() !== '';
    const at = DELIMITERS.indexOf(char as Delimiter);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  // The last record may be cut off by the end of the sample.
  if (filled && records.length < 3) records.push(counts);
  return records;
}

/**
 * The delimiter of a table by its first records: the one that stands equally often in most of them, the first included.
 * Null when none does: the table has one column, or is none.
 */
export function sniffDelimiter(text: string): Delimiter | null {
  const records = countDelimiters(text.replace(/\r\n?/g, '\n'));
  let best: { delimiter: Delimiter; score: number } | null = null;
  for (const [at, delimiter] of DELIMITERS.entries()) {
    const counts = records.map((record) => record[at] ?? 0);
    const usual = mostFrequent(counts.filter((count) => count > 0));
    if (usual === 0) continue;
    const agreeing = counts.filter((count) => count === usual).length / counts.length;
    const score = agreeing + (counts[0] === usual ? 1 : 0);
    if (!best || score > best.score + 0.05) best = { delimiter, score };
  }
  return best?.delimiter ?? null;
}

function mostFrequent(numbers: readonly number[]): number {
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  let most = 0;
  for (const [number, count] of times) if (count > (times.get(most) ?? 0)) most = number;
  return most;
}

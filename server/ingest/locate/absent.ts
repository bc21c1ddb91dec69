const ABSENT = /^(?:|na|n\/a|n\.a\.|#n\/a|null|none|-|--|\.|nd|n\/d)$/i;

/** Whether a cell says that there is nothing, in one of the ways people write it ("nd": non disponible). */
export function isAbsent(value: unknown): boolean {
  if (typeof value !== 'string') return value === null || value === undefined;
  const text = value.trim();
  return text === '' || ABSENT.test(text);
}

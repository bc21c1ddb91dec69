/** ES2024, which Node has from 20 on, and the library of types of ES2023 does not name. */
interface WellFormed {
  isWellFormed(): boolean;
}

/** Whether a text can be stored: PostgreSQL takes no NUL and, as UTF-8 has none, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && (text as unknown as WellFormed).isWellFormed();
}

/** Where texts or names inside of a JSON value cannot be stored: the way to each. */
export function* unstorable(value: unknown, at: readonly (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value === 'string' && !isStorable(value)) yield [...at];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    // A name that cannot be stored is not told either.
    if (isStorable(name)) yield* unstorable(member, [...at, Array.isArray(value) ? Number(name) : name]);
    else yield [...at];
  }
}

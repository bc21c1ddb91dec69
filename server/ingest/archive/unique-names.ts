/** An object takes this one for its prototype. */
const NEVER = '__proto__';

/** Column names told apart: the second `name` is `name_2`, an empty one `column_N` by its place, from 1. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>([NEVER]);
  // Where the search for a number goes on: thousands of columns may have one name.
  const next = new Map<string, number>();
  return names.map((given, index) => {
    const name = given === '' ? `column_${index + 1}` : given;
    let unique = name;
    let count = next.get(name) ?? 2;
    for (; taken.has(unique); count++) unique = `${name}_${count}`;
    next.set(name, count);
    taken.add(unique);
    return unique;
  });
}

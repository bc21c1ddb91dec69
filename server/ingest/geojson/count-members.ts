/**
 * How many members an object has, with those of the objects in it. `JSON.parse` keeps one of two members of one name: fewer
 * here than the text has colons tells that a name is there twice. Coordinates hold no objects and are not walked.
 */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let count = 0;
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
    return count;
  }
  let count = 0;
  // Of what was parsed: it inherits nothing that would be counted. A list of its entries takes four times as long.
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    count += 1;
    if (key !== 'coordinates' && typeof member === 'object') count += countMembers(member);
  }
  return count;
}

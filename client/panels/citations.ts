export interface Citation {
  /** Key of a work among the layer's sources. */
  readonly key: string;
  /** Where in it; empty when the record does not say. */
  readonly locator: string;
}

/**
 * Pairs a record's `source` ("a; b") with its `locator` ("a: p. 3; b: p. 4, box 2"; without prefixes when there is one
 * source). A part without a known prefix goes on where the last one stopped.
 */
export function citations(source: string, locator: string): Citation[] {
  const keys = source
    .split(';')
    .map((key) => key.trim())
    .filter(Boolean);
  const [only] = keys;
  if (only === undefined) return [];
  const parts = new Map<string, string[]>(keys.map((key) => [key, []]));
  let current = only;
  for (const part of locator
    .split(';')
    .map((text) => text.trim())
    .filter(Boolean)) {
    const key = keys.find((candidate) => part.startsWith(candidate));
    if (key) current = key;
    const text = key ? part.slice(key.length).replace(/^[\s:,]+/, '') : part;
    if (text) parts.get(current)?.push(text);
  }
  return keys.map((key) => ({ key, locator: parts.get(key)?.join('; ') ?? '' }));
}

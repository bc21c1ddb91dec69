/** One character of a pattern: a plain one, or `any` one, or `many`. */
type Part = { readonly kind: 'plain'; readonly character: string } | { readonly kind: 'any' | 'many' };

function toParts(pattern: string): Part[] {
  return [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, character]): Part => {
    if (escaped !== undefined) return { kind: 'plain', character: escaped };
    if (character === '%') return { kind: 'many' };
    return character === '_' ? { kind: 'any' } : { kind: 'plain', character: character as string };
  });
}

/** LIKE of SQL over code points. Goes back to the last `%` only, so the work is at most text times pattern. */
export function isLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const parts = toParts(pattern);
  let [at, part] = [0, 0];
  let [retryAt, retryPart] = [0, -1];
  while (at < characters.length) {
    const here = parts[part];
    if (here?.kind === 'many') {
      retryPart = part + 1;
      retryAt = at;
      part += 1;
    } else if (here?.kind === 'any' || (here?.kind === 'plain' && here.character === characters[at])) {
      at += 1;
      part += 1;
    } else if (retryPart >= 0) {
      retryAt += 1;
      at = retryAt;
      part = retryPart;
    } else {
      return false;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === 'many');
}

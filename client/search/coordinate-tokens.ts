export type Token =
  | { readonly type: 'number'; readonly value: number; readonly signed: boolean; readonly whole: boolean }
  | { readonly type: 'mark'; readonly unit: 'degree' | 'minute' | 'second' }
  | { readonly type: 'letter'; readonly letter: 'N' | 'S' | 'E' | 'W' }
  | { readonly type: 'axis'; readonly axis: 'lat' | 'lon' }
  | { readonly type: 'between' };

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:north|nord)\b/gi, 'N'],
  [/\b(?:south|sud)\b/gi, 'S'],
  [/\b(?:east|est)\b/gi, 'E'],
  [/\b(?:west|ouest)\b/gi, 'W'],
  [/\blat(?:itude)?\b\s*[:=]?/gi, 'Y'],
  [/\b(?:lon|lng|long|longitude)\b\s*[:=]?/gi, 'X'],
  [/''|’’|′′|”|“|″/g, '"'],
  [/[’‘′ʹ´`]/g, "'"],
  [/[º˚]/g, '°'],
  [/[\u2212\u2013\u2011]/g, '-'],
  [/[\u00a0\u202f\u2009]/g, ' '],
];

const MARKS: Readonly<Record<string, 'degree' | 'minute' | 'second'>> = {
  ...{ '°': 'degree', d: 'degree', D: 'degree', "'": 'minute', m: 'minute', M: 'minute', '"': 'second' },
};
const LETTERS: Readonly<Record<string, 'N' | 'S' | 'E' | 'W'>> = {
  ...{ N: 'N', S: 'S', E: 'E', W: 'W', O: 'W', n: 'N', s: 'S', e: 'E', w: 'W', o: 'W' },
};
const SECONDS = /^s(?=\s*[nsewo])/i;

/**
 * The parts of a text with two coordinates; null where something in it can be none. A comma between digits is a decimal
 * one where `decimalComma` says so, and else stands between the two.
 */
export function coordinateTokens(text: string, decimalComma: boolean): Token[] | null {
  let rest = text.trim();
  for (const [word, letter] of WORDS) rest = rest.replace(word, letter);
  const number = decimalComma ? /^[+-]?\d+(?:[.,]\d+)?/ : /^[+-]?\d+(?:\.\d*)?/;
  const tokens: Token[] = [];
  while (rest !== '') {
    const [found] = number.exec(rest) ?? [];
    const [sign = ''] = rest;
    if (found !== undefined) {
      const plain = found.replace(',', '.');
      tokens.push({
        ...{ type: 'number', value: Number(plain), signed: /^[+-]/.test(found), whole: !/[.]/.test(plain) },
      });
    } else if (SECONDS.test(rest) && numbersSinceLetter(tokens) === 3) tokens.push({ type: 'mark', unit: 'second' });
    else if (MARKS[sign]) tokens.push({ type: 'mark', unit: MARKS[sign] });
    else if (sign === ':') tokens.push({ type: 'mark', unit: numbersSinceLetter(tokens) === 1 ? 'degree' : 'minute' });
    else if (LETTERS[sign]) tokens.push({ type: 'letter', letter: LETTERS[sign] });
    else if (sign === 'Y' || sign === 'X') tokens.push({ type: 'axis', axis: sign === 'Y' ? 'lat' : 'lon' });
    else if (/[,;/|]/.test(sign)) tokens.push({ type: 'between' });
    else if (!/[\s()[\]]/.test(sign)) return null;
    rest = rest.slice(found?.length ?? 1);
  }
  return tokens;
}

/** Numbers since the last letter, axis or separator. */
function numbersSinceLetter(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex(({ type }) => type === 'letter' || type === 'axis' || type === 'between');
  return tokens.slice(last + 1).filter(({ type }) => type === 'number').length;
}

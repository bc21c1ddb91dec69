/** Pure: how names of places are compared, whoever wrote them. */

const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/œ/g, 'oe'],
  [/æ/g, 'ae'],
  [/ß/g, 'ss'],
  [/[ıİ]/g, 'i'],
  [/ø/g, 'o'],
  [/[ɓ]/g, 'b'],
  [/[ɗđ]/g, 'd'],
  [/[ŋɲ]/g, 'n'],
  [/[ɛ]/g, 'e'],
  [/[ɔ]/g, 'o'],
];

/** Small letters without accents, words with one space between: "N'Tillit" is "ntillit", "Tin-Zaouatène" "tin zaouatene". */
export function foldName(text: string): string {
  let folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [letter, plain] of LETTERS) folded = folded.replace(letter, plain);
  // An apostrophe stands inside a word of the region's languages; everything else that is no letter parts words.
  return folded
    .replace(/['’‘ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Spellings of one sound, French, English and by the transcriptions of Arabic and Tamasheq: the longest first, for each is
 * looked for in what those before it have left. "Ouattagouna" and "Watagouna", "Aguelhok" and "Aguelhoc" meet.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/tch/g, 'c'],
  [/sch|ch/g, 's'],
  [/dj/g, 'j'],
  [/ph/g, 'f'],
  [/kh|gh|qu|q/g, 'k'],
  [/th/g, 't'],
  [/gu(?=[ei])/g, 'g'],
  [/ou|oo|w|v/g, 'u'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/y/g, 'i'],
  [/z/g, 's'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
];

/** What is left of a folded name without the differences between usual spellings; words run together. */
export function skeletonOf(folded: string): string {
  let skeleton = folded.replace(/ /g, '');
  for (const [spelling, sound] of SOUNDS) skeleton = skeleton.replace(spelling, sound);
  return skeleton;
}

/** The runs of three letters of a text, two spaces set before it, as pg_trgm has them; none after it, so that a beginning has only runs of the whole. */
export function trigramsOf(text: string): Set<string> {
  const runs = new Set<string>();
  const padded = `  ${text}`;
  for (let at = 0; at + 3 <= padded.length; at += 1) runs.add(padded.slice(at, at + 3));
  return runs;
}

/**
 * How many letters must be put in, taken out, changed, or swapped with their neighbour to make `typed` the beginning of
 * `name`: the optimal string alignment distance (Boytsov 2011, section 2.2), the least of its last row. `most` + 1 where
 * it is more than that.
 */
export function distanceToBeginning(typed: string, name: string, most: number): number {
  const width = Math.min(name.length, typed.length + most);
  let before: number[] = [];
  let row = Array.from({ length: width + 1 }, (_, at) => at);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= width; j += 1) {
      const isSame = typed[i - 1] === name[j - 1];
      let least = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && typed[i - 1] === name[j - 2] && typed[i - 2] === name[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(most + 1, ...row);
}

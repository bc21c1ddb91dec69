/**
 * Breaks a text into lines that are not wider than `most`, where it has blanks or line ends; a word that is wider has a line
 * of its own, and is broken where it must be.
 */
export function textLines(text: string, most: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    // Blanks that may not break stay in their word.
    for (const word of paragraph.split(/[ \t]+/).flatMap((each) => pieces(each, most, widthOf))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer) > most) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

function pieces(word: string, most: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word) <= most) return [word];
  const signs = [...word];
  const found: string[] = [];
  let piece = '';
  for (const sign of signs) {
    if (piece !== '' && widthOf(piece + sign) > most) {
      found.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...found, piece];
}

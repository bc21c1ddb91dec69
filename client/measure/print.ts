/** Lengths and areas in words, with three digits or four: what was drawn by hand is no more exact. */

const number = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumSignificantDigits: value < 1000 ? 3 : 4 }).format(value);

/** `850 m`, `12.3 km`, `1,234 km`; with no-break spaces. */
export function lengthText(metres: number, language: string): string {
  return metres < 1000 ? `${number(metres, language)}\u00a0m` : `${number(metres / 1000, language)}\u00a0km`;
}

/** `850 m²`, `12.3 ha`, `12.3 km² (1,230 ha)`, `1,234 km²`. */
export function areaText(squareMetres: number, language: string): string {
  const [hectares, squares] = [squareMetres / 1e4, squareMetres / 1e6];
  if (hectares < 1) return `${number(squareMetres, language)}\u00a0m²`;
  if (squares < 1) return `${number(hectares, language)}\u00a0ha`;
  const large = `${number(squares, language)}\u00a0km²`;
  return squares < 1000 ? `${large} (${number(hectares, language)}\u00a0ha)` : large;
}

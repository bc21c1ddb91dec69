import type { FontFacesSpecification } from '@maplibre/maplibre-gl-style-spec';

/**
 * The font files that the map and the page draw with, self-hosted under `/fonts/` with the names that @fontsource gives
 * them. A character is drawn from the first file of its family that covers it; a file is fetched only when one is needed.
 */
export interface FontFile {
  /** npm package; the file lies in its `files/`. */
  readonly package: string;
  readonly file: string;
  readonly unicodeRange: readonly string[];
}

export const REGULAR = 'Noto Sans Regular';
export const SEMIBOLD = 'Noto Sans SemiBold';
export const ITALIC = 'Noto Sans Italic';

const LATIN = [
  'U+0000-00FF',
  'U+0131',
  'U+0152-0153',
  'U+02BB-02BC',
  'U+02C6',
  'U+02DA',
  'U+02DC',
  'U+0304',
  'U+0308',
  'U+0329',
  'U+2000-206F',
  'U+20AC',
  'U+2122',
  'U+2191',
  'U+2193',
  'U+2212',
  'U+2215',
  'U+FEFF',
  'U+FFFD',
];
// Bambara, Songhay and Tamasheq in Latin letters: U+025B, U+0254, U+014B, U+01DD and marks.
const LATIN_EXT = [
  'U+0100-02BA',
  'U+02BD-02C5',
  'U+02C7-02CC',
  'U+02CE-02D7',
  'U+02DD-02FF',
  'U+1D00-1DBF',
  'U+1E00-1E9F',
  'U+1EF2-1EFF',
  'U+2C60-2C7F',
  'U+A720-A7FF',
];
// MapLibre shapes Arabic into presentation forms before it looks for a font: without the last two, every joined letter
// falls back to whatever the reader's machine has.
const ARABIC = ['U+0600-06FF', 'U+0750-077F', 'U+0870-08FF', 'U+FB50-FDFF', 'U+FE70-FEFF'];
const TIFINAGH = ['U+2D30-2D7F'];
const NKO = ['U+07C0-07FF'];

const latin = (suffix: string): FontFile[] => [
  { package: '@fontsource/noto-sans', file: `noto-sans-latin-${suffix}.woff2`, unicodeRange: LATIN },
  { package: '@fontsource/noto-sans', file: `noto-sans-latin-ext-${suffix}.woff2`, unicodeRange: LATIN_EXT },
];
const arabic = (weight: 400 | 600): FontFile => ({
  package: '@fontsource/noto-sans-arabic',
  file: `noto-sans-arabic-arabic-${weight}-normal.woff2`,
  unicodeRange: ARABIC,
});
/** Tifinagh and N'Ko are published in one weight, which serves for all. */
const SINGLE_WEIGHT: FontFile[] = [
  {
    package: '@fontsource/noto-sans-tifinagh',
    file: 'noto-sans-tifinagh-tifinagh-400-normal.woff2',
    unicodeRange: TIFINAGH,
  },
  { package: '@fontsource/noto-sans-nko', file: 'noto-sans-nko-nko-400-normal.woff2', unicodeRange: NKO },
];

export const FONT_FAMILIES: Readonly<Record<string, readonly FontFile[]>> = {
  [REGULAR]: [...latin('400-normal'), arabic(400), ...SINGLE_WEIGHT],
  [SEMIBOLD]: [...latin('600-normal'), arabic(600), ...SINGLE_WEIGHT],
  [ITALIC]: [...latin('400-italic'), arabic(400), ...SINGLE_WEIGHT],
};

/** The style's `font-faces`: with them no glyph server is needed. `baseUrl` has no slash at its end. */
export function fontFaces(baseUrl: string): FontFacesSpecification {
  return Object.fromEntries(
    Object.entries(FONT_FAMILIES).map(([family, files]) => [
      family,
      files.map(({ file, unicodeRange }) => ({ url: `${baseUrl}/fonts/${file}`, 'unicode-range': [...unicodeRange] })),
    ]),
  );
}

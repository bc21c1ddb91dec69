import type { Theme } from '../../server/core/theme.ts';

type Hex = `#${string}`;

/** What the page itself draws on the map, over the layers. The first four are tokens of css/base.css, #rrggbb. */
interface MarkColors {
  /** What is being drawn or is selected: stands out from every layer. */
  readonly focus: Hex;
  /** What is to be published. */
  readonly accent: Hex;
  /** What a file has, what is measured, what was found. */
  readonly warn: Hex;
  readonly ink: Hex;
  /** Behind words, so that they can be read on any ground. */
  readonly halo: string;
  /** Sets a mark off from the ground that it lies on. */
  readonly casing: Hex;
  /** Lines of grids. */
  readonly line: string;
}

/** The only colours of the page outside its style sheets: a canvas reads no tokens. */
export const MARK_COLORS: Readonly<Record<Theme, MarkColors>> = {
  light: {
    focus: '#c2570c',
    accent: '#1b6580',
    warn: '#8a3b12',
    ink: '#1d2730',
    halo: 'rgb(255 255 255 / 85%)',
    casing: '#ffffff',
    line: 'rgb(29 39 48 / 38%)',
  },
  dark: {
    focus: '#ffa054',
    accent: '#82c4dc',
    warn: '#f2a97f',
    ink: '#e9edef',
    halo: 'rgb(20 28 33 / 85%)',
    casing: '#141c21',
    line: 'rgb(233 237 239 / 34%)',
  },
};

import type { Theme } from '../theme.ts';

/** What the map is drawn on, and what sets its marks off from it. */
export interface Ground {
  readonly theme: Theme;
  /** Outside of every land polygon. */
  readonly sea: string;
  /** Around marks and below lines, so that they stand clear of what lies beneath. */
  readonly casing: string;
  /** Around what is under the pointer or chosen. */
  readonly ink: string;
  /** Around names. */
  readonly halo: string;
  /** Which way a tone that stands out goes: -1 darker, 1 lighter. */
  readonly away: -1 | 1;
}

export const GROUNDS: Readonly<Record<Theme, Ground>> = {
  light: {
    theme: 'light',
    sea: '#d3dfe6',
    casing: '#ffffff',
    ink: '#1d2730',
    halo: 'rgba(255, 255, 255, 0.85)',
    away: -1,
  },
  dark: {
    theme: 'dark',
    sea: '#11181d',
    casing: '#14191c',
    ink: '#ffffff',
    halo: 'rgba(22, 26, 28, 0.85)',
    away: 1,
  },
};

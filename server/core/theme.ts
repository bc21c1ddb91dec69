/** The two grounds on which the map is drawn. */
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

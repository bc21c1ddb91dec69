/** Part of the page's first texts (en.ts). */
export const compareEn = {
  'compare.open': 'Compare two periods',
  'compare.close': 'End the comparison',
  'compare.missing': 'The comparison could not be fetched.',
} as const;

/**
 * Colours of classes, in the order in which they are taken: told apart by people who see colours differently, on light
 * ground and on dark: test/unit/core/palette.test.ts. #rrggbb
 */
export const PALETTE: readonly string[] = [
  ...['#0072b2', '#d55e00', '#4f8f6b', '#d97da4', '#e1a45a', '#52b8ef'],
  ...['#802549', '#175d0f', '#30208f', '#aaa600', '#ab3599', '#00ada5'],
];

/** Of what an analysis found and says nothing of its look. */
export const RESULT_COLOR = '#6b4c9a';

/** Of counts, from few to many: told apart in grey too (viridis, turned round). */
export const COUNT_RAMP: readonly string[] = ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'];

/** Of what is in no class. */
export const OTHER_COLOR = '#777777';

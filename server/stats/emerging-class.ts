/** How a place came to be hot or cold, in the order in which they are tried. */
export const PATTERNS = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'sporadic',
  'oscillating',
  'historical',
] as const;
export type Pattern = (typeof PATTERNS)[number];

export type EmergingClass = `${Pattern}_${'hot' | 'cold'}` | 'none';

/** What one step of a cell is: significantly hot (1), cold (-1), or neither (0). */
export type Heat = -1 | 0 | 1;

/** Of a cell whose last step is `side`. */
function patternOf(heats: ArrayLike<number>, side: 1 | -1, trend: Heat): Pattern {
  const { length } = heats;
  let [same, run, wasOther] = [0, 0, false];
  for (let step = 0; step < length; step++) {
    const heat = heats[step];
    same += Number(heat === side);
    run = heat === side ? run + 1 : 0;
    wasOther ||= heat === -side;
  }
  if (same === 1) return 'new';
  // In whole numbers: 0.9 of ten steps is nine.
  if (same * 10 >= length * 9) {
    if (trend === 0) return 'persistent';
    return trend === side ? 'intensifying' : 'diminishing';
  }
  if (same === run) return 'consecutive';
  return wasOther ? 'oscillating' : 'sporadic';
}

/**
 * The class of a cell in an emerging hot spot analysis, as the users of geographic information systems know them (Esri's
 * "How Emerging Hot Spot Analysis works"). Just one is given. The last step decides first: where it is hot the hot classes
 * are tried, where it is cold the cold ones, each in the order of `PATTERNS`, so that a cell that is hot for the first time
 * is new also when it was cold before; where it is neither, 90 % or more of the steps hot, or cold, make it historical.
 * @param heats one for each step, in the order of time
 * @param trend of the z of the cell: significantly up (1), down (-1), or neither (0); a cold cell intensifies when it falls
 * @throws RangeError of no steps
 */
export function emergingClass(heats: ArrayLike<number>, trend: Heat): EmergingClass {
  const { length } = heats;
  if (length === 0) throw new RangeError('a class is of one step or more');
  const last = heats[length - 1];
  if (last === 1) return `${patternOf(heats, 1, trend)}_hot`;
  if (last === -1) return `${patternOf(heats, -1, trend)}_cold`;
  let [hot, cold] = [0, 0];
  for (let step = 0; step < length; step++) {
    hot += Number(heats[step] === 1);
    cold += Number(heats[step] === -1);
  }
  if (hot * 10 >= length * 9) return 'historical_hot';
  return cold * 10 >= length * 9 ? 'historical_cold' : 'none';
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The next number of single precision below (-1) or above (1). */
function next(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  single[0] = value;
  // Of negative numbers the larger pattern is the lower number.
  bits[0] = (bits[0] as number) + (value > 0 ? direction : -direction);
  return single[0] as number;
}

function roundDown(value: number): number {
  const rounded = Math.fround(value);
  return rounded <= value ? rounded : next(rounded, -1);
}

function roundUp(value: number): number {
  const rounded = Math.fround(value);
  return rounded >= value ? rounded : next(rounded, 1);
}

/**
 * Whether a coordinate lies between two others, as `&&` of PostGIS has it: its boxes are of single precision and rounded
 * outwards, so what lies on an edge, or nearer to it than such numbers can tell (1 m at 10,000 km), is on both its sides.
 */
export function isWithin(value: number, low: number, high: number): boolean {
  if (value > low && value < high) return true;
  const slack = Math.max(Math.abs(low), Math.abs(high)) * 2 ** -21;
  if (value < low - slack || value > high + slack) return false;
  return roundUp(value) >= roundDown(low) && roundDown(value) <= roundUp(high);
}

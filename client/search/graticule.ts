/** Minutes of arc between lines, the widest first. */
const STEPS = [1800, 600, 300, 120, 60, 30, 20, 10, 5, 2, 1, 0.5];
/** Pixels between lines at least. */
const APART = 96;
const WORLD = 512;

/** Minutes of arc between lines at a zoom. */
export function graticuleStep(zoom: number): number {
  const least = (APART * 360 * 60) / (WORLD * 2 ** zoom);
  return STEPS.findLast((step) => step >= least) ?? (STEPS[0] as number);
}

/** `16°30′N`; no minutes where there are none. */
export function graticuleLabel(minutes: number, letters: readonly [string, string]): string {
  const size = Math.abs(minutes);
  const [degrees, rest] = [Math.floor(size / 60), size % 60];
  const text = rest === 0 ? `${degrees}°` : `${degrees}°${String(rest).padStart(2, '0')}′`;
  return minutes === 0 ? text : `${text}${minutes > 0 ? letters[0] : letters[1]}`;
}

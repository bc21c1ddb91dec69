import type { Spread } from './spread.ts';

/**
 * A bandwidth to begin with, by Silverman's rule of thumb, 0.9 A n^(-1/5), where A is a measure of spread that a few far
 * events do not drive: Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 3.31. For two dimensions
 * in the form that GIS users know (the default search radius of Kernel Density in ArcGIS): A is the smaller of the standard
 * distance and sqrt(1 / ln 2) times the median distance from the mean centre, which are the same of a round normal cloud.
 * @param events how many, above 0
 * @returns metres; undefined where all lie at one place, and nothing is spread
 */
export function silvermanBandwidth(spread: Spread, events: number): number | undefined {
  if (!(events >= 1)) throw new RangeError(`no events: ${events}`);
  const { standardDistance, medianDistance } = spread;
  const robust = Math.sqrt(1 / Math.LN2) * medianDistance;
  // Where half of the events lie at the middle, their median says nothing of the others.
  const least = robust > 0 ? Math.min(standardDistance, robust) : standardDistance;
  return least > 0.001 ? 0.9 * least * events ** -0.2 : undefined;
}

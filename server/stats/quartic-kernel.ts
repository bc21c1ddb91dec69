/**
 * The quartic (biweight) kernel in the plane, by which an event is spread over the disc around it:
 * 3 / (pi r^2) (1 - d^2 / r^2)^2 within r, else 0. Its peak is 3 / (pi r^2) and its integral over the plane 1.
 * Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 4.5.
 * @param squaredDistance in the unit of `radius`, squared
 * @param radius the bandwidth, above 0
 * @returns per square of that unit
 */
export function quarticKernel(squaredDistance: number, radius: number): number {
  const rest = 1 - squaredDistance / (radius * radius);
  return rest > 0 ? (3 / (Math.PI * radius * radius)) * rest * rest : 0;
}

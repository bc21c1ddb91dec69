/** Edge of an H3 cell at resolution 0, kilometres, and how much smaller each further resolution is (mean, h3geo.org). */
const EDGE_KM = 1281.256;
const EDGE_RATIO = Math.sqrt(7);

/** Mean length of an edge, kilometres. */
export function edgeKm(resolution: number): number {
  return EDGE_KM / EDGE_RATIO ** resolution;
}

/** From edge to opposite edge, kilometres, to two digits: cells of one resolution differ by more than that. */
export function acrossKm(resolution: number): number {
  return Number((edgeKm(resolution) * Math.sqrt(3)).toPrecision(2));
}

import { type Bands, bandAmong, type Distances } from './size-cell.ts';

/** Places with their bands and metres. */
export interface Placed {
  readonly band: Uint8Array;
  readonly stratum: Uint8Array;
  /** To the nearest shape; 0 inside. */
  readonly metres: Float64Array;
}

export const emptyPlaced = (length: number): Placed => ({
  band: new Uint8Array(length),
  stratum: new Uint8Array(length),
  metres: new Float64Array(length),
});

/** Writes down in which bands a place lies, in degrees. */
export function put(
  placed: Placed,
  index: number,
  [lon, lat]: readonly [lon: number, lat: number],
  isInside: boolean,
  { ends, placeEnds, hasInside }: Bands,
  { to, place }: Distances,
): void {
  const metres = isInside ? 0 : to(lon, lat);
  placed.metres[index] = metres;
  placed.band[index] = isInside ? 0 : bandAmong(ends, metres) + (hasInside ? 1 : 0);
  placed.stratum[index] = place ? bandAmong(placeEnds, place(lon, lat)) : 0;
}

/**
 * How sure it is that a point lies in an area: `inside`; `as_drawn`: inside, but the outline itself is not known well enough
 * to say so for certain; `uncertain`: the disc within which the point may lie reaches the outline, from either side. A point
 * on an outline belongs to neither side for certain.
 */
export type Certainty = 'inside' | 'as_drawn' | 'uncertain';

interface Measured {
  readonly is_inside: boolean;
  readonly outline_away_m: number;
  readonly outline_m: number;
}

/** @param precisionM how far off the point may be */
export function certaintyOf({ is_inside, outline_away_m, outline_m }: Measured, precisionM: number): Certainty {
  if (!is_inside || outline_away_m <= precisionM) return 'uncertain';
  return outline_away_m <= precisionM + outline_m ? 'as_drawn' : 'inside';
}

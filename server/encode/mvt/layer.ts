/** A layer of a Mapbox Vector Tile (specification 2.1), as far as it has to be understood to be made smaller. */
export interface MvtLayer {
  readonly name: string;
  readonly extent: number;
  readonly features: readonly MvtFeature[];
}

export interface MvtFeature {
  readonly id: number | undefined;
  /** 1 point, 2 line, 3 polygon. */
  readonly type: number;
  /** The packed commands as they stand in the tile, which nothing here looks into. */
  readonly geometry: Uint8Array;
  readonly attributes: Readonly<Record<string, MvtValue>>;
}

export type MvtValue = string | number | boolean;

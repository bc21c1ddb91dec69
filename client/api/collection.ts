import type { Field, Layer } from '../../server/core/layer.ts';
import type { LegendEntry } from '../../server/core/legend.ts';

/** A layer as the catalogue describes it to clients. */
export interface Collection {
  readonly id: string;
  /** West, south, east, north in degrees; a layer without records has none. */
  readonly extent?: {
    readonly spatial?: { readonly bbox: readonly (readonly number[])[] };
    /** From and to as RFC 3339; null: open. */
    readonly temporal?: { readonly interval: readonly (readonly [string | null, string | null])[] };
  };
  readonly azalai: Omit<Layer, 'id' | 'data' | 'fields'> & {
    readonly fields: readonly Field[];
    readonly legend: readonly LegendEntry[];
    readonly count: number;
    readonly generation: number;
    /** Points: records are drawn from this zoom on, hexagons below it. */
    readonly pointZoom: number;
  };
}

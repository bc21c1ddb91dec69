import type { LegendEntry } from '../../server/core/legend.ts';

/** What goes with a picture of the map, as words: pure data. */
export interface LayerFacts {
  readonly id: string;
  readonly title: string;
  /** "modelled", "approximate"; null where it is documented, or part of the base. */
  readonly nature: string | null;
  readonly isModelled: boolean;
  /** Ground whose marks speak for themselves: of the base only borders that are not settled need a legend. */
  readonly isScenery: boolean;
  /** How much of it is in view; null where it is not counted. */
  readonly counted: string | null;
  /** What of its legend is drawn now. */
  readonly legend: readonly LegendEntry[];
  /** The filter that narrows it, as text. */
  readonly filter: string | null;
  /** Titles of what it is taken from. */
  readonly works: readonly string[];
  /** Licence and version, in a line. */
  readonly terms: string;
}

export interface Facts {
  /** What the clock shows. */
  readonly window: string;
  readonly layers: readonly LayerFacts[];
  /** Sentences, the weightiest first. */
  readonly caveats: readonly string[];
  readonly isInternal: boolean;
  readonly disclaimer: string;
}

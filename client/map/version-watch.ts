import type { Map as MapLibre } from 'maplibre-gl';
import { asOf } from '../api/known-at.ts';
import * as state from '../state.ts';
import type { Plan } from './plan-counts.ts';
import { refreshCatalogue } from './refresh-catalogue.ts';
import { series } from './series.ts';
import { tileGenerations } from './tile-generations.ts';

/** Keeps catalogue, tiles and series of one version: layers are published while pages are open. */
export interface VersionWatch {
  /** Layers in whose tiles another version has come than the catalogue names: the numbers of hexagons differ. */
  readonly strangers: ReadonlySet<string>;
  /** Sources whose tiles are to be loaded again, now that the catalogue has been. */
  readonly outdated: Set<string>;
  /** Looks at what the tiles in view say of themselves. */
  compare(plans: readonly Plan[]): void;
  /** Finds out which version is the current one. */
  renew(source: string): void;
}

export function watchVersions(map: MapLibre, onRenewed: () => void): VersionWatch {
  const strangers = new Set<string>();
  const doubted = new Set<string>();
  const outdated = new Set<string>();
  const renew = (source: string) => {
    doubted.add(source);
    refreshCatalogue(() => {
      series.forgetFailures();
      for (const each of doubted) outdated.add(each);
      doubted.clear();
      onRenewed();
    });
  };
  return {
    strangers,
    outdated,
    renew,
    compare: (plans) => {
      for (const { layer, source } of plans) {
        const named = state.collectionById.peek().get(layer)?.azalai.generation;
        // Of another time they are of another version by right.
        const isStrange =
          asOf.peek() === null && [...tileGenerations(map, source, layer)].some((generation) => generation !== named);
        if (!isStrange) strangers.delete(layer);
        else {
          strangers.add(layer);
          renew(source);
        }
      }
    },
  };
}

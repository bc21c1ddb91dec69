import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';

/** The map of the page, for what lies beside it. */
export interface MainMap {
  readonly map: MapLibre;
  /** The server's style as it is now. */
  readonly style: () => StyleSpecification;
}

export let mainMap: MainMap | null = null;

export function rememberMain(map: MapLibre, style: () => StyleSpecification): void {
  mainMap = { map, style };
}

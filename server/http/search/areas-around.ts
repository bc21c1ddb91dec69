import type { PublishedLayer } from '../../core/catalogue.ts';
import { nameFields } from '../../core/name-fields.ts';
import type { Access } from '../../query/filter.ts';
import { layerState } from '../../query/layer-state.ts';
import { type AreaRow, searchAreasQuery } from '../../query/search-areas.ts';
import type { Run } from '../../query/sql.ts';
import type { Place } from './place.ts';
import { isSearched } from './place-names.ts';

/** In which regions and countries places lie. Each place is looked up once for each version of the areas. */
export class AreasAround {
  readonly #run: Run;
  readonly #known = new WeakMap<Place, { readonly versions: string; readonly areas: readonly AreaRow[] }>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Of each place its areas, the smallest first; itself is none of them. */
  async of(
    places: readonly Place[],
    layers: readonly PublishedLayer[],
    access: Access,
    signal: AbortSignal,
  ): Promise<(readonly AreaRow[])[]> {
    const isArea = (layer: PublishedLayer) => layer.role === 'boundaries' && layer.geometry === 'polygon';
    const areas = layers.flatMap((layer) => {
      const fields = isArea(layer) && isSearched(layer) ? nameFields(layer) : null;
      return fields ? [{ layer, fields }] : [];
    });
    if (areas.length === 0) return places.map(() => []);
    const versions = areas.map(({ layer }) => `${layer.id}/${layerState(layer)}`).join();
    const unknown = places.filter((place) => this.#known.get(place)?.versions !== versions);
    if (unknown.length > 0) {
      const positions = unknown.map(({ row }) => [row.lon, row.lat] as const);
      const rows = await this.#run<AreaRow>(searchAreasQuery(areas, access, positions), signal);
      for (const [index, place] of unknown.entries()) {
        const own = rows.filter(({ nth, layer, fid }) => {
          const isItself = layer === place.layer.id && fid === place.row.fid;
          return nth === index + 1 && !isItself;
        });
        this.#known.set(place, { versions, areas: own });
      }
    }
    return places.map((place) => this.#known.get(place)?.areas ?? []);
  }
}

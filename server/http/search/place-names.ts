import type { PublishedLayer } from '../../core/catalogue.ts';
import { nameFields } from '../../core/name-fields.ts';
import { NameIndex } from '../../core/name-index.ts';
import type { Access } from '../../query/filter.ts';
import { type NameRow, searchNamesQuery } from '../../query/search-names.ts';
import type { Run } from '../../query/sql.ts';
import { type Place, toPlace } from './place.ts';

/** Names of one layer that are kept in memory: some 30 MB. Further ones are not found. */
const MOST_NAMES = 50_000;
/** Reading the names of more records than this takes longer than anybody waits. */
const MOST_RECORDS = 2_000_000;

/** Whether a layer is searched: kept results of analyses repeat the names of others. */
export const isSearched = (layer: PublishedLayer): boolean =>
  layer.expires === undefined && layer.count <= MOST_RECORDS && nameFields(layer) !== null;

/** The names of each layer as a caller may see them: read once for each version that is published. */
export class PlaceNames {
  readonly #run: Run;
  /** By layer and access: the generation, and its names. */
  readonly #kept = new Map<string, { readonly generation: number; readonly index: Promise<NameIndex<Place>> }>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Of layers that `isSearched`. Reading goes on when a caller goes away: whoever types the next letter needs it too. */
  of(layer: PublishedLayer, access: Access): Promise<NameIndex<Place>> {
    const key = `${layer.id}/${access.handling.join()}`;
    const known = this.#kept.get(key);
    if (known?.generation === layer.generation) return known.index;
    const index = this.#read(layer, access);
    const kept = { generation: layer.generation, index };
    this.#kept.set(key, kept);
    index.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    return index;
  }

  /** Forgets layers that are no longer served. */
  keepOnly(layers: readonly PublishedLayer[]): void {
    const ids = new Set(layers.map(({ id }) => id));
    for (const key of this.#kept.keys()) if (!ids.has(key.slice(0, key.indexOf('/')))) this.#kept.delete(key);
  }

  async #read(layer: PublishedLayer, access: Access): Promise<NameIndex<Place>> {
    const fields = nameFields(layer);
    if (!fields) return new NameIndex<Place>([]);
    const rows = await this.#run<NameRow>(searchNamesQuery(layer, { access }, fields, MOST_NAMES));
    return new NameIndex(rows.map((row) => toPlace(layer, row)));
  }
}

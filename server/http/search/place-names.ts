import { setImmediate as pause } from 'node:timers/promises';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { QueryTimeout, QueryTooLarge } from '../../core/errors.ts';
import { nameFields } from '../../core/name-fields.ts';
import { NameIndex } from '../../core/name-index.ts';
import { slots } from '../../db/slots.ts';
import type { Access } from '../../query/filter.ts';
import { layerState } from '../../query/layer-state.ts';
import { type NameRow, searchNamesQuery } from '../../query/search-names.ts';
import type { Run } from '../../query/sql.ts';
import { type Place, toPlace } from './place.ts';

/** Names of one layer that are kept in memory: some 30 MB. Further ones are not found. */
const MOST_NAMES = 50_000;
/** Names of all layers, for all who ask: some 150 MB. */
const MOST_IN_ALL = 250_000;
/** Reading the names of more records than this takes longer than anybody waits. */
const MOST_RECORDS = 2_000_000;
/** Layers that are read at a time: others need the database too. They wait as long as they must. */
const PLACES = { max: 2, queueMax: 10_000, waitMs: 600_000 };
/** Names that were asked for within this time make no room for others, which would be dropped for them in turn. */
const IN_USE_MS = 60_000;
/** After this long a layer that could not be read is tried again, while everybody goes on without it. */
const RETRY_MS = 600_000;

/** Whether a layer is searched: kept results of analyses repeat the names of others. */
export const isSearched = (layer: PublishedLayer): boolean =>
  layer.expires === undefined && layer.count <= MOST_RECORDS && nameFields(layer) !== null;

interface Kept {
  /** See `layerState`. */
  readonly state: string;
  /** Null: it cannot be read, or there is no room for it. */
  index: Promise<NameIndex<Place> | null>;
  /** Of the index, once it is there. */
  size: number;
  usedAt: number;
  /** Where the index is null. */
  retryAt: number;
}

/** The names of each layer as a caller may see them: read once for each version that is published. */
export class PlaceNames {
  readonly #run: Run;
  readonly #mostInAll: number;
  readonly #now: () => number;
  readonly #places = slots(PLACES);
  /** By layer and access. */
  readonly #kept = new Map<string, Kept>();

  constructor(run: Run, mostInAll = MOST_IN_ALL, now = () => performance.now()) {
    this.#run = run;
    this.#mostInAll = mostInAll;
    this.#now = now;
  }

  /**
   * Of layers that `isSearched`. Reading goes on when a caller goes away: whoever types the next letter needs it too. Null
   * where the names of this version take too long or too much room: that is remembered, and now and then tried again.
   * @throws DatabaseUnavailable and the like, which pass
   */
  of(layer: PublishedLayer, access: Access): Promise<NameIndex<Place> | null> {
    const key = `${layer.id}/${access.handling.join()}`;
    const state = layerState(layer);
    const now = this.#now();
    const known = this.#kept.get(key);
    if (known?.state !== state) return this.#begin(key, state, layer, access);
    known.usedAt = now;
    if (now >= known.retryAt) {
      known.retryAt = now + RETRY_MS;
      this.#read(known, layer, access).then(
        (index) => {
          known.index = Promise.resolve(index);
        },
        () => undefined,
      );
    }
    return known.index;
  }

  /** Forgets layers that are no longer served. */
  keepOnly(layers: readonly PublishedLayer[]): void {
    const ids = new Set(layers.map(({ id }) => id));
    for (const key of this.#kept.keys()) if (!ids.has(key.slice(0, key.indexOf('/')))) this.#kept.delete(key);
  }

  #begin(key: string, state: string, layer: PublishedLayer, access: Access): Promise<NameIndex<Place> | null> {
    const kept = {
      state,
      index: Promise.resolve(null),
      size: 0,
      usedAt: this.#now(),
      retryAt: Number.POSITIVE_INFINITY,
    };
    const index = this.#read(kept, layer, access);
    this.#kept.set(key, Object.assign(kept, { index }));
    index.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    return index;
  }

  async #read(kept: Kept, layer: PublishedLayer, access: Access): Promise<NameIndex<Place> | null> {
    await this.#places.take();
    try {
      const fields = nameFields(layer);
      const rows = fields ? await this.#run<NameRow>(searchNamesQuery(layer, { access }, fields, MOST_NAMES)) : [];
      if (!this.#hasRoom(rows.length)) return this.#giveUp(kept);
      kept.size = rows.length;
      kept.retryAt = Number.POSITIVE_INFINITY;
      const places = rows.map((row) => toPlace(layer, row));
      return await NameIndex.inPieces(places, () => pause());
    } catch (error) {
      // The same question takes as long the next time; what else goes wrong passes.
      if (error instanceof QueryTimeout || error instanceof QueryTooLarge) return this.#giveUp(kept);
      throw error;
    } finally {
      this.#places.give();
    }
  }

  #giveUp(kept: Kept): null {
    kept.retryAt = this.#now() + RETRY_MS;
    return null;
  }

  /** Drops what was not asked for the longest, until there is room for so many names; never what is in use. */
  #hasRoom(size: number): boolean {
    const longAgo = this.#now() - IN_USE_MS;
    let held = [...this.#kept.values()].reduce((sum, kept) => sum + kept.size, 0);
    for (const [key, kept] of [...this.#kept].toSorted(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (held + size <= this.#mostInAll) return true;
      if (kept.usedAt > longAgo) break;
      this.#kept.delete(key);
      held -= kept.size;
    }
    return held + size <= this.#mostInAll;
  }
}

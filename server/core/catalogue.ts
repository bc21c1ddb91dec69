import type { Bbox } from './bbox.ts';
import { LayerNotFound } from './errors.ts';
import type { Interval } from './interval.ts';
import type { Layer } from './layer.ts';
import type { Prepared } from './prepared.ts';
import { type LayerVersion, versionBefore } from './versions.ts';

/** A layer with the version of its records that is served now. */
export interface PublishedLayer extends Layer {
  /** Rises with every publication. */
  readonly generation: number;
  /** Table of the records in the schema `layer`. */
  readonly table: string;
  /** Of an earlier version: the one in service. What is withheld by now is withheld from both. */
  readonly generationInService?: number;
  /** When its first version was published, ISO 8601 UTC; absent: not known. */
  readonly firstPublishedAt?: string;
  readonly count: number;
  /** Where and when its records lie; null when it has none, or no time. */
  readonly bbox: Bbox | null;
  readonly interval: Interval | null;
  readonly prepared: Prepared;
  /** Of the result of an analysis that is kept for some time: until then, ISO 8601 UTC. No question takes it by itself. */
  readonly expires?: string;
}

/** The layers that are served, in the order of the list (top of the map first). An immutable snapshot. */
export class Catalogue {
  readonly layers: readonly PublishedLayer[];
  readonly #byId: ReadonlyMap<string, PublishedLayer>;

  readonly #versions: ReadonlyMap<string, readonly LayerVersion<PublishedLayer>[]>;

  /** `versions`: of each layer by its id, the oldest first. */
  constructor(
    layers: readonly PublishedLayer[],
    versions: ReadonlyMap<string, readonly LayerVersion<PublishedLayer>[]> = new Map(),
  ) {
    this.layers = layers.toSorted((a, b) => a.order - b.order || a.id.localeCompare(b.id));
    this.#versions = versions;
    this.#byId = new Map(this.layers.map((layer) => [layer.id, layer]));
  }

  /**
   * A layer as it is, or as it was served just before an instant (ISO 8601 UTC, milliseconds).
   * @throws LayerNotFound, VersionNotKept
   */
  get(id: string, before?: string): PublishedLayer {
    const layer = this.#byId.get(id);
    if (!layer) throw new LayerNotFound(id, [...this.#byId.keys()]);
    return before === undefined ? layer : versionBefore(layer, this.#versions.get(id) ?? [], before);
  }

  /** Whether the records of a version are still there: of a layer in service, by its id and the generation. */
  isKept(id: string, generation: number): boolean {
    const version = this.#versions.get(id)?.find((each) => each.generation === generation);
    return this.#byId.has(id) && version !== undefined && version.layer !== null;
  }
}

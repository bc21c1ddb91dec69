import type { PublishedLayer } from '../core/catalogue.ts';
import type { LayerRecord } from '../core/record.ts';
import type { Filter } from '../query/filter.ts';
import { recordsForTiles } from '../query/kept-results.ts';
import type { Run } from '../query/sql.ts';
import { joinTiles } from './join.ts';
import { ByteLru } from './lru.ts';
import { memoryTiles } from './memory.ts';
import { SingleFlight } from './single-flight.ts';
import type { TileSource } from './source.ts';

/** What records take in memory, about, and what all of them may take. */
const RECORD_BYTES = 600;
const VERTEX_BYTES = 100;
const MEMORY_BYTES = 128_000_000;

/** What memory answers: which records are there, where, when, and for whom. */
function isForMemory(layer: PublishedLayer, { expression, knownBefore, maxPrecisionM, place }: Filter): boolean {
  if (layer.expires === undefined || layer.generationInService !== undefined) return false;
  return [expression, knownBefore, maxPrecisionM, place].every((narrowing) => narrowing === undefined);
}

/**
 * Tiles of results that are kept: nothing is prepared of them, for few are ever looked at. Their records are read when a tile
 * is first asked for, and tiled in memory; `others` makes those of all other layers, and what takes a filter.
 */
export function keptTiles(run: Run, others: TileSource): TileSource {
  const held = new ByteLru<TileSource>(MEMORY_BYTES);
  const flights = new SingleFlight<TileSource>();

  function load(layer: PublishedLayer, signal: AbortSignal | undefined): Promise<TileSource> | TileSource {
    // The name of a table is that of one version.
    const known = held.get(layer.table);
    if (known) return known;
    return flights.run(
      layer.table,
      async (all) => {
        const records = await run<LayerRecord & { readonly vertices: number }>(recordsForTiles(layer), all);
        const source = memoryTiles([{ layer, records }]);
        const vertices = records.reduce((sum, record) => sum + record.vertices, 0);
        held.set(layer.table, source, records.length * RECORD_BYTES + vertices * VERTEX_BYTES);
        return source;
      },
      signal,
    );
  }

  return {
    tile: async (layers, coord, filters, signal) => {
      const wanted = layers.map((layer, index) => ({ layer, filter: filters[index] as Filter }));
      const inMemory = wanted.filter(({ layer, filter }) => isForMemory(layer, filter));
      if (inMemory.length === 0) return others.tile(layers, coord, filters, signal);
      const rest = wanted.filter((one) => !inMemory.includes(one));
      const parts = [
        ...(rest.length > 0
          ? [
              others.tile(
                rest.map(({ layer }) => layer),
                coord,
                rest.map(({ filter }) => filter),
                signal,
              ),
            ]
          : []),
        ...inMemory.map(async ({ layer, filter }) => {
          const source = await load(layer, signal);
          return source.tile([layer], coord, [filter], signal);
        }),
      ];
      return joinTiles(await Promise.all(parts));
    },
    hexTile: async (layer, coord, filter, signal) => {
      const source = isForMemory(layer, filter) ? await load(layer, signal) : others;
      return source.hexTile(layer, coord, filter, signal);
    },
  };
}

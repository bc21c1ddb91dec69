import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Catalogue } from '../core/catalogue.ts';
import type { Lane, LaneEvents } from '../db/lane.ts';
import type { TileCache } from '../tiles/cache.ts';
import { registerMemory } from './metrics/memory.ts';
import { Requests } from './metrics/requests.ts';

/** What is measured in this process. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Requests;
  /** For the lanes to tell of each query. */
  readonly onQuery: NonNullable<LaneEvents['onQuery']>;
  /** Adds what is only read off when somebody asks. */
  watch(sources: MetricSources): void;
}

export interface MetricSources {
  readonly catalogue: () => Catalogue;
  readonly isFresh: () => boolean;
  readonly cache: TileCache;
  readonly lanes: readonly Pick<Lane, 'name' | 'stats'>[];
}

const QUERY_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60];

/** `processName` tells the processes of a set apart. */
export function createMetrics(processName: string): Metrics {
  const registry = new Registry();
  const requests = new Requests();
  requests.register(registry);
  registerMemory(registry, processName);
  const queryTimes = new Histogram({
    name: 'azalai_query_duration_seconds',
    help: 'Seconds of a query or transaction in its lane, waiting included, by how it ended.',
    labelNames: ['lane', 'outcome'],
    buckets: QUERY_SECONDS,
    registers: [registry],
  });
  const waitTimes = new Histogram({
    name: 'azalai_lane_wait_seconds',
    help: 'The part of that spent waiting for a place.',
    labelNames: ['lane'],
    buckets: QUERY_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    requests,
    onQuery: (lane, ms, outcome, waitedMs) => {
      queryTimes.observe({ lane, outcome }, ms / 1000);
      waitTimes.observe({ lane }, waitedMs / 1000);
    },
    watch: (sources) => {
      watchCache(registry, sources.cache);
      watchLanes(registry, sources.lanes);
      watchCatalogue(registry, sources);
    },
  };
}

function watchCache(registry: Registry, cache: TileCache): void {
  const count = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `azalai_tile_cache_${name}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  count('hits', 'Tiles answered from memory.', () => cache.stats().hits);
  count('misses', 'Tiles that were not in memory.', () => cache.stats().misses);
  count('shared', 'Misses that waited for a query already under way.', () => cache.stats().shared);
  for (const [name, help] of [
    ['bytes', 'Memory that the tiles kept take.'],
    ['entries', 'Tiles kept.'],
  ] as const) {
    new Gauge({
      name: `azalai_tile_cache_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(cache.stats()[name]);
      },
    });
  }
}

function watchLanes(registry: Registry, lanes: MetricSources['lanes']): void {
  for (const [name, help, key] of [
    ['active', 'Queries that run now.', 'active'],
    ['waiting', 'Queries that wait for a place now.', 'waiting'],
    ['size', 'Queries that may run at once.', 'max'],
  ] as const) {
    new Gauge({
      name: `azalai_lane_${name}`,
      help,
      labelNames: ['lane'],
      registers: [registry],
      collect() {
        for (const lane of lanes) this.set({ lane: lane.name }, lane.stats()[key]);
      },
    });
  }
}

function watchCatalogue(registry: Registry, { catalogue, isFresh }: MetricSources): void {
  new Gauge({
    name: 'azalai_layer_generation',
    help: 'The version of each layer that is served; of several processes the oldest.',
    labelNames: ['layer'],
    registers: [registry],
    aggregator: 'min',
    collect() {
      this.reset();
      for (const { id, generation } of catalogue().layers) this.set({ layer: id }, generation);
    },
  });
  new Gauge({
    name: 'azalai_catalogue_fresh',
    help: '1 while changes of the catalogue are heard as they happen; of several processes the worst.',
    registers: [registry],
    aggregator: 'min',
    collect() {
      this.set(isFresh() ? 1 : 0);
    },
  });
}

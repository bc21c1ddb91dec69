import type { AggregatorRegistry } from 'prom-client';
import type { ServeOptions } from '../serve.ts';

/** A registry as it goes from one process to another. */
export type Measured = Parameters<typeof AggregatorRegistry.aggregate>[0][number];

/** What the primary process tells a worker. */
export type ToWorker =
  | ({ readonly type: 'serve'; readonly slot: number } & Pick<ServeOptions, 'connection' | 'limits'>)
  | { readonly type: 'measure'; readonly ticket: number }
  | { readonly type: 'metrics'; readonly ticket: number; readonly text: string };

/** What a worker tells the primary process. */
export type ToPrimary =
  /** It hears now: what is told to a worker before its code has run is lost. */
  | { readonly type: 'hello' }
  | { readonly type: 'measured'; readonly ticket: number; readonly metrics: Measured }
  | { readonly type: 'ask-metrics'; readonly ticket: number };

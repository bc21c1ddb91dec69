import { emergingHotspots } from '../../../server/analysis/emerging-hotspots.ts';
import { execute } from '../../../server/analysis/execute.ts';
import { Catalogue, type PublishedLayer } from '../../../server/core/catalogue.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { median } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';

const RESOLUTION = 5;

/** Ten years by month; each round begins a month later, up to eight, so that no answer is one that was found before. */
const questionOf = (round: number) => ({
  ...{ events: INCIDENTS.id, resolution: RESOLUTION, step: 'month', imprecise: 'include' },
  datetime: `2014-${String(1 + (round % 9)).padStart(2, '0')}-01/2023-12-31`,
});

/** Milliseconds, medians of all rounds. */
export interface EmergingFigures {
  readonly process: number;
  readonly slowest: number;
  /** The first question to a version, which lays the hexagons out. */
  readonly first: number;
  /** The same where the records are grouped instead of reading what is prepared, once. */
  readonly grouping: number;
  readonly hexagons: number;
  /** Of the longest window. */
  readonly steps: number;
  readonly hexagonsAndSteps: number;
  readonly events: number;
  readonly classified: number;
}

const unprepared = (layer: PublishedLayer): PublishedLayer => ({
  ...layer,
  prepared: { ...layer.prepared, rollupTellsPrecision: false },
});

/** How long `emerging-hotspots` takes by month for the whole country. What it says is what the records say, or it throws. */
export async function benchEmerging(
  database: Database,
  rounds: number,
  say: (line: string) => void,
): Promise<EmergingFigures> {
  const prepared = await readCatalogue(database.run);
  const plain = new Catalogue(prepared.layers.map(unprepared));
  const ask = async (catalogue: Catalogue, round: number) => {
    const began = performance.now();
    const { result } = await execute(emergingHotspots, questionOf(round), {
      ...{ catalogue, run: database.runAnalysis, access: PUBLIC_ACCESS, isAsynchronous: false, software: 'bench' },
      version: async (layer) => layer,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    return { milliseconds: performance.now() - began, result };
  };
  const { milliseconds: first, result } = await ask(prepared, 0);
  const { milliseconds: grouping, result: same } = await ask(plain, 0);
  if (result.receipt.hash !== same.receipt.hash) throw new Error('the records say something else.');
  const numbers = result.numbers as unknown as {
    readonly hexagons: number;
    readonly steps: readonly unknown[];
    readonly tests: number;
    readonly events: { readonly counted: number };
    readonly classes: Readonly<Record<string, number>>;
  };
  const own: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const { milliseconds } = await ask(prepared, round);
    own.push(milliseconds);
    say(`emerging hotspots, round ${round}: ${milliseconds.toFixed(0)} ms`);
  }
  const { hexagons, steps, tests, events, classes } = numbers;
  return {
    ...{ process: median(own), slowest: Math.max(...own), first, grouping },
    ...{ hexagons, steps: steps.length, hexagonsAndSteps: tests, events: events.counted },
    classified: hexagons - (classes.none ?? 0),
  };
}

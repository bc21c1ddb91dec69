import { nextGeneration } from '../../core/generation.ts';
import type { Layer } from '../../core/layer.ts';
import { TILE_BUDGET, type TileBudget } from '../../core/prepared.ts';
import { type LayerState, layerStateQuery } from '../../query/catalogue.ts';
import { type KeptRow, keepLayer, keptQuery, mayNotBeKept } from '../../query/kept-results.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { lockLayer } from '../../query/versions.ts';
import { lockResults } from '../../query/withholding.ts';
import { storageHash } from '../publish/storage-hash.ts';
import { publish } from '../publish.ts';
import { TooMuchToKeep, WithheldMeanwhile } from './errors.ts';
import { type Keepable, toKeptLayers } from './kept-layers.ts';
import { madeOf } from './take-back.ts';

/** They are drawn from memory: more is brought as a file. */
const MAX_RECORDS = 100_000;
/** Of the hash that is in an id: the longer where two results share the shorter. */
const DIGITS = [8, 16] as const;
const MAX_ID = 48;

export interface HowToKeep {
  readonly handling: Layer['handling'];
  readonly days: number;
}

export interface KeptLayer {
  readonly collection: string;
  readonly generation: number;
  /** ISO 8601 UTC. */
  readonly expires: string;
}

interface Place {
  readonly id: string;
  readonly state: LayerState | undefined;
  readonly kept: KeptRow | undefined;
}

/** The id of a part's layer, which nobody else may change until the transaction ends. */
async function findPlace(run: Run, hash: string, part: string): Promise<Place> {
  for (const digits of DIGITS) {
    const id = `kept_${hash.slice(0, digits)}_${part}`.slice(0, MAX_ID);
    await run(lockLayer(id));
    const [state] = await run<LayerState>(layerStateQuery(id));
    const [kept] = await run<KeptRow>(keptQuery(id));
    const isOurs = kept?.hash === hash;
    if (isOurs || (!kept && !state)) return { id, state, kept };
  }
  throw new Error(`two results have the same hash: ${hash}`);
}

/**
 * Makes each part of a result that has features a layer, in one transaction; a result that is kept already is kept longer,
 * and published anew only for others to see.
 * @throws TooMuchToKeep; WithheldMeanwhile
 */
export async function keepResult(
  transaction: Transaction,
  result: Keepable,
  { handling, days }: HowToKeep,
  { budget = TILE_BUDGET, now = Date.now() }: { readonly budget?: TileBudget; readonly now?: number } = {},
): Promise<KeptLayer[]> {
  const { hash } = result;
  const layers = toKeptLayers(result, handling, new Date(now).toISOString().slice(0, 10));
  const count = layers.reduce((sum, { records }) => sum + records.length, 0);
  if (count > MAX_RECORDS) {
    throw new TooMuchToKeep(
      `The result has ${count.toLocaleString('en')} features; ${MAX_RECORDS.toLocaleString('en')} can be kept. Narrow the question.`,
    );
  }
  return transaction(async (run) => {
    // Who takes back what is kept finds it, or has been before: then it is not kept.
    await run(lockResults());
    const asked = madeOf(result.asked);
    const [answer] = await run<{ refused: boolean }>(mayNotBeKept(asked, handling));
    if (answer?.refused) {
      throw new WithheldMeanwhile('Some of the records that were asked have been withheld meanwhile: ask again.');
    }
    const keptLayers: KeptLayer[] = [];
    for (const { part, toLayer, records } of layers) {
      const { id, state, kept } = await findPlace(run, hash, part);
      let generation = state?.generation;
      if (generation === undefined || state?.withdrawn || kept?.handling !== handling) {
        generation = nextGeneration(state?.generation, now);
        await publish(run, toLayer(id), records, {
          ...{ generation, budget, seedHash: storageHash(budget), origin: { kind: 'analysis' } },
          ...{ versionsKept: 1, storesTiles: false },
        });
      }
      const [row] = await run<{ expires: string }>(keepLayer(id, { hash, handling }, asked, days));
      keptLayers.push({ collection: id, generation, expires: row?.expires as string });
    }
    return keptLayers;
  });
}

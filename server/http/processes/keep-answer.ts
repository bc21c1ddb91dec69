import { setTimeout as pause } from 'node:timers/promises';
import type { Answered } from '../../analysis/asking/analyst.ts';
import type { KeptLayer } from '../../jobs/analysis/keep-result.ts';
import { type Access, FULL_ACCESS, PUBLIC_ACCESS } from '../../query/filter.ts';
import type { Context } from '../context.ts';
import type { ExecuteRequest } from './execute-request.ts';

type Keep = NonNullable<ExecuteRequest['keep']>;

/** What a result may be made of that is kept: nothing that is held closer than the result itself. */
export function accessToKeep({ keep_handling: handling }: Keep): Access {
  if (handling === 'public') return PUBLIC_ACCESS;
  return handling === 'internal' ? { handling: ['public', 'internal'] } : FULL_ACCESS;
}

/** News of a publication comes within milliseconds; who is told of a layer is to find it. */
const NEWS_MS = 2_000;
const STEP_MS = 10;

async function untilServed({ catalogue, refresh }: Context, kept: readonly KeptLayer[]): Promise<void> {
  const isServed = () =>
    kept.every(({ collection, generation, expires }) =>
      catalogue().layers.some(
        (layer) => layer.id === collection && layer.generation >= generation && layer.expires === expires,
      ),
    );
  for (let waited = 0; waited < NEWS_MS && !isServed(); waited += STEP_MS) {
    await pause(STEP_MS);
    await refresh();
  }
}

/** Where a part of a result is kept. */
interface KeptAt extends Readonly<Record<string, string>> {
  readonly collection: string;
  readonly expires: string;
  readonly items: string;
  readonly tilejson: string;
}

/** Keeps what was found, and says where. `base` is the public address of the server. */
export async function keepAnswer(
  context: Context,
  { toKeep, asked }: Answered,
  { keep_days: days, keep_handling: handling }: Keep,
  base: string,
): Promise<KeptAt[]> {
  if (!toKeep) throw new Error('what is to be kept was not ordered');
  const inOrder = asked.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const kept = await context.analysis.keep({ ...toKeep, asked: inOrder }, { handling, days });
  await untilServed(context, kept);
  return kept.map(({ collection, expires }) => ({
    ...{ collection, expires },
    items: `${base}/collections/${collection}/items`,
    tilejson: `${base}/tiles/${collection}.json`,
  }));
}

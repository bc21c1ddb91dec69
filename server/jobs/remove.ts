import { withdrawLayer } from '../query/catalogue.ts';
import type { Transaction } from '../query/sql.ts';
import { dropGenerations } from './publish.ts';

const EVERY_GENERATION = 2 ** 31 - 1;

/** Removes a layer's records and takes it out of service. Returns whether it was in service. */
export function removeLayer(transaction: Transaction, id: string): Promise<boolean> {
  return transaction(async (run) => {
    const withdrawn = await run<{ id: string }>(withdrawLayer(id));
    if (withdrawn.length > 0) await dropGenerations(run, id, EVERY_GENERATION);
    return withdrawn.length > 0;
  });
}

import { withdrawLayer } from '../query/catalogue.ts';
import type { Transaction } from '../query/sql.ts';
import { lockLayer } from '../query/versions.ts';
import { takeBack } from './analysis/take-back.ts';
import { dropAllVersions } from './publish/drop-versions.ts';

/**
 * Removes a layer's records, of all its versions, and takes it out of service; what was found of it, and kept, is taken back
 * from everybody. Returns whether it was in service.
 */
export function removeLayer(transaction: Transaction, id: string): Promise<boolean> {
  return transaction(async (run) => {
    await run(lockLayer(id));
    const [withdrawn] = await run<{ id: string; generation: number }>(withdrawLayer(id));
    if (!withdrawn) return false;
    await dropAllVersions(run, id);
    // A version that may come later is another: what is made of that one stays.
    await takeBack(run, { id, generation: withdrawn.generation + 1 }, ['public', 'internal', 'restricted']);
    return true;
  });
}

import { withdrawLayer } from '../query/catalogue.ts';
import type { Transaction } from '../query/sql.ts';
import { lockLayer } from '../query/versions.ts';
import { dropAllVersions } from './publish/drop-versions.ts';

/** Removes a layer's records, of all its versions, and takes it out of service. Returns whether it was in service. */
export function removeLayer(transaction: Transaction, id: string): Promise<boolean> {
  return transaction(async (run) => {
    await run(lockLayer(id));
    const withdrawn = await run<{ id: string }>(withdrawLayer(id));
    if (withdrawn.length > 0) await dropAllVersions(run, id);
    return withdrawn.length > 0;
  });
}

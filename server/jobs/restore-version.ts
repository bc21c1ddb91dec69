import { nextGeneration } from '../core/generation.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import { type LayerState, layerStateQuery } from '../query/catalogue.ts';
import { finishRestoration } from '../query/restorations.ts';
import type { Transaction } from '../query/sql.ts';
import { lockLayer, type VersionRow, versionQuery } from '../query/versions.ts';
import type { Progress } from './prepare.ts';
import { copyVersion } from './publish/copy-version.ts';
import { VersionNotFound } from './publish/errors.ts';
import { storageHash } from './publish/storage-hash.ts';
import { parseDefinition } from './publish/target-layer.ts';

export interface ToRestore {
  readonly layer: string;
  /** The version to have again. */
  readonly generation: number;
  /** Id of the row that tells of it, if there is one: what came of it is noted there. */
  readonly restoration?: string;
  readonly budget?: TileBudget;
  readonly versionsKept?: number;
  readonly progress?: Progress;
  readonly now?: number;
}

export interface RestoredVersion {
  readonly collection: string;
  /** The number of the new version. */
  readonly generation: number;
  readonly count: number;
}

/**
 * Publishes an earlier version of a layer, its definition and its records, as the next one: the one in service stays
 * among the versions, so that this can be undone in the same way.
 * @throws VersionNotFound; InvalidLayer when the definition is from a time whose layers are no longer understood
 */
export function restoreVersion(transaction: Transaction, toRestore: ToRestore): Promise<RestoredVersion> {
  const { layer: id, generation: wanted, budget = TILE_BUDGET, versionsKept, progress, now = Date.now() } = toRestore;
  return transaction(async (run) => {
    await run(lockLayer(id));
    const [state] = await run<LayerState>(layerStateQuery(id));
    const [version] = await run<VersionRow>(versionQuery(id, wanted));
    if (!state || !version) {
      throw new VersionNotFound(
        `"${id}" has no version ${wanted}: those that it has are at /collections/${id}/versions.`,
      );
    }
    if (version.table_name === null) {
      throw new VersionNotFound(`The records of version ${wanted} of "${id}" are no longer kept: choose a later one.`);
    }
    const generation = nextGeneration(state.generation, now);
    const count = await copyVersion(run, parseDefinition(version.definition), version.table_name, {
      ...{ generation, budget, seedHash: storageHash(budget), origin: { kind: 'restore', generation: wanted } },
      ...(versionsKept === undefined ? {} : { versionsKept }),
      ...(progress ? { progress } : {}),
    });
    if (toRestore.restoration !== undefined) await run(finishRestoration(toRestore.restoration, generation, count));
    return { collection: id, generation, count };
  });
}

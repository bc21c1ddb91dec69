import { LayerNotFound } from '../core/errors.ts';
import { nextGeneration } from '../core/generation.ts';
import type { Layer } from '../core/layer.ts';
import { TILE_BUDGET } from '../core/prepared.ts';
import { areTilesOther, type Settings, withSettings } from '../core/settings.ts';
import { type LayerState, layerStateQuery } from '../query/catalogue.ts';
import { keptQuery } from '../query/kept-results.ts';
import { definitionDigest, taggedDefinition } from '../query/layer-state.ts';
import { redefineLayer } from '../query/settings.ts';
import type { Transaction } from '../query/sql.ts';
import { lockLayer } from '../query/versions.ts';
import type { HowToCorrect } from './correct-records.ts';
import { copyVersion } from './publish/copy-version.ts';
import { PublishConflict, SettingsChanged } from './publish/errors.ts';
import { storageHash } from './publish/storage-hash.ts';
import { parseDefinition } from './publish/target-layer.ts';

export interface ChangedSettings {
  /** As the layer was described, and as it is then. */
  readonly before: Layer;
  readonly definition: Layer;
  readonly generation: number;
  /** Whether it took another version for that. */
  readonly isNewVersion: boolean;
}

interface HowToSet extends HowToCorrect {
  readonly ifMatch?: string | undefined;
}

/**
 * Sets what a layer is called, from whom it is, how it is drawn. Where its tiles hold all that the new style reads, the
 * version in service is described anew; else the layer takes a next version with the same records. Every process hears of
 * either. Returns the version that is then in service. `ifMatch`: entity tags of the collection, of which one is to be that
 * of the layer as it is; absent: however it is.
 * @throws LayerNotFound; SettingsChanged; InvalidLayer when the definition would not be sound; PublishConflict for what an analysis found
 */
export function changeSettings(
  transaction: Transaction,
  id: string,
  settings: Settings,
  { budget = TILE_BUDGET, now = Date.now(), versionsKept, progress, ifMatch }: HowToSet = {},
): Promise<ChangedSettings> {
  return transaction(async (run) => {
    await run(lockLayer(id));
    const [state] = await run<LayerState>(layerStateQuery(id));
    if (!state || state.withdrawn) throw new LayerNotFound(id, []);
    if ((await run(keptQuery(id))).length > 0)
      throw new PublishConflict(`"${id}" is the result of an analysis for some days, and stays as it was found.`);
    const before = parseDefinition(state.definition);
    checkTag(before, ifMatch);
    const after = parseDefinition(withSettings(before, settings));
    const storedAs = storageHash(budget);
    if (!areTilesOther(before, after)) {
      for (const statement of redefineLayer(after, state.generation, storedAs)) await run(statement);
      return { before, definition: after, generation: state.generation, isNewVersion: false };
    }
    const generation = nextGeneration(state.generation, now);
    await copyVersion(run, after, state.table_name, {
      ...{ generation, budget, seedHash: storedAs, origin: { kind: 'settings' } },
      ...(versionsKept === undefined ? {} : { versionsKept }),
      ...(progress ? { progress } : {}),
    });
    return { before, definition: after, generation, isNewVersion: true };
  });
}

/** @throws SettingsChanged */
function checkTag(layer: Layer, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const digest = definitionDigest(layer);
  if (ifMatch.split(',').some((tag) => taggedDefinition(tag) === digest)) return;
  throw new SettingsChanged(
    `Somebody has set "${layer.id}" otherwise since you read it: read it again, and set what you want of that.`,
  );
}

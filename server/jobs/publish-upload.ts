import { nextGeneration } from '../core/generation.ts';
import { type Layer, recordFields } from '../core/layer.ts';
import type { Mapping } from '../core/mapping.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import { type LayerState, layerStateQuery } from '../query/catalogue.ts';
import { countMerged, type Merge, sharedIds } from '../query/publish/merge.ts';
import { stagedColumns, unlikeFields } from '../query/publish/staged.ts';
import { finishUpload, profileQuery } from '../query/publish/upload.ts';
import type { Run, Transaction } from '../query/sql.ts';
import { recordTable, recordTableName } from '../query/tables.ts';
import { lockLayer } from '../query/versions.ts';
import type { Progress } from './prepare.ts';
import { checkLicence } from './publish/check-licence.ts';
import { PublishConflict } from './publish/errors.ts';
import { dropBeside, fillBeside, fillVersion, isLarge } from './publish/fill-version.ts';
import { storageHash } from './publish/storage-hash.ts';
import { parseDefinition } from './publish/target-layer.ts';
import { withoutWithheldValues } from './publish/without-withheld-values.ts';
import { publishTable } from './publish.ts';

export interface ToPublish {
  /** Id of the upload; its records have been checked by `mapping`. */
  readonly upload: string;
  readonly mapping: Mapping;
  /**
   * Transactions on other connections, two of them at a time. With these a large version is made and indexed before the
   * transaction that publishes it, on two cores; without, in that.
   */
  readonly beside?: Transaction;
  /** How many records make a version large. */
  readonly besideFrom?: number;
  readonly budget?: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept?: number;
  readonly progress?: Progress;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

export interface PublishedUpload {
  readonly collection: string;
  readonly generation: number;
  /** Records that the layer now holds. */
  readonly count: number;
}

/**
 * Makes of the checked records of an upload the next version of a layer, as the target of the mapping says, and notes it
 * with the upload. All of it in one transaction: readers see the version before or this one. Of two that publish to one
 * layer at once the second waits, and then builds upon what the first has published.
 * @throws PublishConflict when the layer is not (or no longer) one to which this can be done; LicenceForbids;
 *   InvalidLayer when the definition of a new layer is not sound
 */
export function publishUpload(transaction: Transaction, toPublish: ToPublish): Promise<PublishedUpload> {
  const { upload, mapping, beside, besideFrom, budget = TILE_BUDGET, progress = () => undefined } = toPublish;
  const { now = Date.now() } = toPublish;
  const { target } = mapping;
  const collection = target.mode === 'new' ? target.layer.id : target.collection;
  const work = transaction(async (run) => {
    await run(lockLayer(collection));
    const [state] = await run<LayerState>(layerStateQuery(collection));
    const layer = targetOf(mapping, state);
    const [row] = await run<{ profile: string | null }>(profileQuery(upload));
    checkLicence(layer, mapping, row?.profile ?? null);
    const merge: Merge = {
      layer,
      staging: { upload },
      mode: target.mode,
      newer: target.mode === 'upsert' ? target.newer : null,
      old: target.mode === 'new' || !state ? null : state.table_name,
      lastFid: state?.last_fid ?? 0,
    };
    await checkStagedTable(run, merge);
    const generation = nextGeneration(state?.generation, now);
    const table = recordTableName(collection, generation);
    const isIndexed = beside !== undefined && (await isLarge(run, merge, besideFrom));
    if (isIndexed) await fillBeside(beside, run, merge, generation, progress);
    else await fillVersion(run, merge, recordTable({ table }), progress);
    const [held] = await run<{ count: number; shown: number }>(countMerged(table));
    const count = held?.count ?? 0;
    const isAllShown = held?.shown === held?.count;
    const shown = target.mode === 'new' && !isAllShown ? await withoutWithheldValues(run, layer, table) : layer;
    await publishTable(run, shown, count, {
      ...{ generation, budget, progress, isIndexed, seedHash: storageHash(budget), origin: { kind: 'upload', upload } },
      ...(toPublish.versionsKept === undefined ? {} : { versionsKept: toPublish.versionsKept }),
    });
    const [finished] = await run(finishUpload(upload, collection, generation));
    if (!finished)
      throw new PublishConflict('This upload has been published meanwhile, or taken out: look at it again.');
    return { collection, generation, count };
  });
  return work.catch(async (error: unknown) => {
    if (beside) await dropBeside(beside, { upload });
    throw error;
  });
}

function targetOf({ target }: Mapping, state: LayerState | undefined): Layer {
  const isServed = state !== undefined && !state.withdrawn;
  if (target.mode === 'new') {
    if (isServed) {
      throw new PublishConflict(
        `There is a collection "${target.layer.id}" already: replace it or append to it, or choose another id.`,
      );
    }
    return parseDefinition(target.layer);
  }
  if (!isServed) {
    throw new PublishConflict(
      `The collection "${target.collection}" is not there (any more): publish to another one, or as a new one.`,
    );
  }
  const layer = parseDefinition(state.definition);
  if (target.mode !== 'upsert' || target.newer === null) return layer;
  const newer = recordFields(layer).find(({ name }) => name === target.newer);
  if (!newer || newer.type === 'boolean' || newer.type === 'strings') {
    throw new PublishConflict(
      `"${target.newer}" of the collection "${layer.id}" cannot tell which record is newer: name a field with a date, a number or a text.`,
    );
  }
  return layer;
}

/** The records were checked for the layer as it was then. */
async function checkStagedTable(run: Run, merge: Merge): Promise<void> {
  const { layer, mode, old, staging } = merge;
  const columns = await run<{ name: string; type: string }>(stagedColumns(staging));
  if (columns.length === 0) throw new PublishConflict('The records of this upload have not been checked yet.');
  const unlike = unlikeFields(layer, columns);
  if (unlike.length > 0) {
    throw new PublishConflict(
      `The collection "${layer.id}" has changed since the records were checked (${unlike.slice(0, 5).join(', ')}): have them checked again.`,
    );
  }
  if (mode !== 'append' || old === null) return;
  const [shared] = await run<{ count: number; examples: string[] | null }>(sharedIds(merge, old));
  if (!shared || shared.count === 0) return;
  throw new PublishConflict(
    `The collection "${layer.id}" has ${shared.count} of these records already, by their ids (${shared.examples?.join(', ')}): ` +
      'let records with the same id replace those that are there ("upsert"), or take the ids from another column.',
  );
}

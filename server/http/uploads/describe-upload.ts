import { AzalaiError } from '../../core/errors.ts';
import { additionsQuery, type Changes, changesQuery } from '../../query/staging/changes.ts';
import type { UploadRow } from '../../query/upload-doors.ts';
import type { Context } from '../context.ts';
import { toUploadJson } from './upload-json.ts';

/** How many answers are kept; each is four numbers. */
const KEPT = 100;

/**
 * Describes uploads as callers see them, with what publishing them now would change, where that can be told. Counting
 * that reads all records of both: it is kept until the upload or the layer changes.
 */
export function describing({ run, catalogue, log }: Context) {
  const kept = new Map<string, Changes>();

  async function count({ id, mapping }: UploadRow): Promise<Changes | undefined> {
    const target = mapping?.target;
    if (!target) return undefined;
    if (target.mode === 'new') return (await run<Changes>(additionsQuery({ upload: id })))[0];
    const layer = catalogue().get(target.collection);
    return (await run<Changes>(changesQuery({ upload: id }, layer, layer, target)))[0];
  }

  function keyOf({ id, updated_at, mapping }: UploadRow): string {
    const target = mapping?.target;
    const collection = target && 'collection' in target ? target.collection : '';
    const generation = catalogue().layers.find((layer) => layer.id === collection)?.generation ?? 0;
    return `${id}/${updated_at}/${generation}`;
  }

  async function changesOf(row: UploadRow): Promise<Changes | null> {
    if (row.state !== 'ready') return null;
    const key = keyOf(row);
    const known = kept.get(key);
    if (known) return known;
    try {
      const changes = await count(row);
      if (!changes) return null;
      kept.set(key, changes);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
      return changes;
    } catch (error) {
      // The layer is gone, or counting takes too long: the upload can be looked at all the same.
      if (!(error instanceof AzalaiError)) log.warn({ err: error, upload: row.id }, 'cannot tell what would change');
      return null;
    }
  }

  return async (row: UploadRow) => toUploadJson(row, await changesOf(row));
}

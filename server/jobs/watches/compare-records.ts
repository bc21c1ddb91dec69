import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { VersionNotKept } from '../../core/errors.ts';
import type { Change, RecordAt, RecordChanges } from '../../core/watch.ts';
import type { Access } from '../../query/filter.ts';
import { recordColumns } from '../../query/publish/copy.ts';
import type { Run } from '../../query/sql.ts';
import { type DiffCounts, type DiffRow, diffCounts, diffRecords } from '../../query/version-diff.ts';
import { withinReach } from '../../query/watch-reach.ts';
import type { MadeOf } from '../../query/withholding.ts';
import { versionAsked } from '../analysis/version-asked.ts';
import { filterIn, type Reach } from './reach.ts';

/** Of those that differ in a collection so many are looked at, and of each kind so many are named. */
const LOOKED_AT = 500;
const NAMED = 50;
/** To a metre. */
const rounded = (degrees: number) => Number(degrees.toFixed(5));

const NONE = { added: 0, removed: 0, changed: 0 };
const NOBODY = { added: [], removed: [], changed: [] };

export interface Between {
  readonly catalogue: Catalogue;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly access: Access;
  readonly reach: Reach;
  readonly before: MadeOf;
  readonly after: MadeOf;
  readonly signal: AbortSignal;
}

/**
 * The records that a question is about and that came, went or changed between the versions of two of its answers, by
 * collection, those in which there are some. What is withheld from these readers by now is in neither version.
 */
export async function compareRecords(run: Run, between: Between): Promise<RecordChanges[]> {
  const { before, after, catalogue } = between;
  const isServed = (id: string) => catalogue.layers.some((layer) => layer.id === id);
  // What the question no longer asks, but is there, says nothing.
  const ids = Object.keys(before).filter((id) => (id in after ? after[id] !== before[id] : !isServed(id)));
  const found: RecordChanges[] = [];
  for (const id of ids) {
    const changes = await compareCollection(run, id, between);
    if (changes.note || Object.values(changes.counts).some((count) => count > 0)) found.push(changes);
  }
  return found;
}

async function compareCollection(run: Run, id: string, between: Between): Promise<RecordChanges> {
  const { catalogue, before, after, signal, access } = between;
  const served = catalogue.layers.find((layer) => layer.id === id);
  const [from, to] = [before[id] as number, after[id] ?? null];
  const untold = { collection: id, title: served?.title ?? { en: id, fr: id }, from, to, counts: NONE, items: NOBODY };
  if (!served || to === null) return { ...untold, note: 'removed' };
  const version = (generation: number) =>
    generation === served.generation ? Promise.resolve(served) : versionAsked(run, served, generation, signal);
  let versions: readonly [PublishedLayer, PublishedLayer];
  try {
    versions = [await version(from), await version(to)];
  } catch (error) {
    if (error instanceof VersionNotKept) return { ...untold, note: 'no-longer-kept' };
    throw error;
  }
  const [older, newer] = versions;
  const columnsOf = async ({ table }: PublishedLayer) =>
    (await run<{ name: string }>(recordColumns(table), signal)).map(({ name }) => name);
  const known = await columnsOf(older);
  const columns = (await columnsOf(newer)).filter((name) => known.includes(name));
  const inReach = (layer: PublishedLayer) =>
    withinReach(layer, filterIn(layer, between.inputs, between.reach, access), between.reach.near);
  const pair = {
    ...{ from: older.table, to: newer.table, columns, access },
    within: { from: inReach(older), to: inReach(newer) },
  };
  const [counted] = await run<DiffCounts>(diffCounts(pair, newer), signal);
  const { added, removed, changed } = counted ?? NONE;
  const counts = { added, removed, changed };
  if (added + removed + changed === 0) return { ...untold, counts };
  const rows = await run<DiffRow>(diffRecords(pair, newer, { limit: LOOKED_AT, after: null }), signal);
  const named = (kind: Change) =>
    rows
      .filter(({ change }) => change === kind)
      .toSorted((a, b) => a.fid - b.fid)
      .slice(0, NAMED)
      .map(({ fid, lon, lat }): RecordAt => [fid, rounded(lon), rounded(lat)]);
  const items = { added: named('added'), removed: named('removed'), changed: named('changed') };
  return { ...untold, counts, items, ...(between.reach.isWhole && { note: 'whole-collection' as const }) };
}

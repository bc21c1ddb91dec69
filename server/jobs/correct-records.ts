import type { Feature } from 'geojson';
import type { PublishedLayer } from '../core/catalogue.ts';
import type { ChangeKind, ChangeSet, FieldChange } from '../core/correction.ts';
import { LayerNotFound } from '../core/errors.ts';
import { nextGeneration } from '../core/generation.ts';
import { toBaseCell } from '../core/hex.ts';
import type { Layer } from '../core/layer.ts';
import { TILE_BUDGET, type TileBudget, UNPREPARED } from '../core/prepared.ts';
import type { LayerRecord } from '../core/record.ts';
import { recordTag } from '../encode/record-tag.ts';
import { type LayerState, layerStateQuery } from '../query/catalogue.ts';
import { noteCorrections } from '../query/correct/corrections.ts';
import { constrainCopy, copyOthers, keepUntouched } from '../query/correct/next-version.ts';
import { keptQuery } from '../query/kept-results.ts';
import { recordColumns } from '../query/publish/copy.ts';
import { countMerged } from '../query/publish/merge.ts';
import { insertRecords, LABEL_POINT } from '../query/record-table.ts';
import type { Run, Transaction } from '../query/sql.ts';
import { recordTableName } from '../query/tables.ts';
import { lockLayer } from '../query/versions.ts';
import type { RecordIssue } from './correct/check-record.ts';
import { type PlannedChange, planChanges, readRecord } from './correct/plan.ts';
import type { Progress } from './prepare.ts';
import { PublishConflict } from './publish/errors.ts';
import { storageHash } from './publish/storage-hash.ts';
import { parseDefinition } from './publish/target-layer.ts';
import { publishTable } from './publish.ts';

export interface HowToCorrect {
  readonly budget?: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept?: number;
  readonly progress?: Progress;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** What became of one record. */
export interface CorrectedRecord {
  readonly change: ChangeKind;
  readonly id: number;
  readonly recordId: string;
  readonly differs: readonly FieldChange[];
  /** As it is now; null: it was withdrawn. */
  readonly feature: Feature | null;
  /** What its ETag begins with; null: it was withdrawn. */
  readonly tag: string | null;
  /** What asks for a look; nothing of it keeps the record out. */
  readonly issues: readonly RecordIssue[];
}

export interface Corrected {
  readonly collection: string;
  /** The version that was corrected, and the one that came of it: the same where nothing was changed. */
  readonly from: number;
  readonly generation: number;
  readonly records: readonly CorrectedRecord[];
}

/**
 * Makes the next version of a layer from the one in service by adding, changing and withdrawing single records, and notes
 * why with each. All of it in one transaction: readers see the version before or this one. Of two who correct one layer at
 * once the second waits, and is refused where the first has changed the same record.
 * @throws LayerNotFound, FeatureNotFound, TagRequired, RecordChanged, InvalidRecord, PublishConflict
 */
export function correctRecords(
  transaction: Transaction,
  id: string,
  changeSet: ChangeSet,
  { budget = TILE_BUDGET, now = Date.now(), ...how }: HowToCorrect = {},
): Promise<Corrected> {
  return transaction(async (run) => {
    await run(lockLayer(id));
    const { layer, served, lastFid } = await readServed(run, id);
    const today = new Date(now).toISOString().slice(0, 10);
    const planned = await planChanges(run, { layer: served, lastFid, today }, changeSet);
    const effective = planned.filter(({ differs }) => differs.length > 0);
    const from = served.generation;
    if (changeSet.dryRun || effective.length === 0)
      return { collection: id, from, generation: from, records: planned.map((each) => toCorrected(each, each.after)) };
    const generation = nextGeneration(from, now);
    const table = recordTableName(id, generation);
    const count = await fillNext(run, layer, served.table, table, effective);
    await publishTable(run, layer, count, {
      ...{ generation, budget, seedHash: storageHash(budget), origin: { kind: 'correction' } },
      ...(how.versionsKept === undefined ? {} : { versionsKept: how.versionsKept }),
      ...(how.progress ? { progress: how.progress } : {}),
    });
    const next = { ...served, generation, table };
    const records: CorrectedRecord[] = [];
    for (const each of planned) records.push(toCorrected(each, each.after && (await readRecord(run, next, each.id))));
    await run(
      noteCorrections(
        id,
        [from, generation],
        changeSet,
        effective.map(({ change, id: item, recordId: record, before, differs }) => {
          const after = records.find((each) => each.id === item)?.feature ?? null;
          return { change, item, record, before, after, fields: differs.map(({ field }) => field) };
        }),
      ),
    );
    return { collection: id, from, generation, records };
  });
}

async function readServed(run: Run, id: string) {
  const [state] = await run<LayerState>(layerStateQuery(id));
  if (!state || state.withdrawn) throw new LayerNotFound(id, []);
  const [kept] = await run(keptQuery(id));
  if (kept) {
    throw new PublishConflict(
      `"${id}" is the result of an analysis, which is as it was found: correct the records that it was made of, and ask again.`,
    );
  }
  const layer = parseDefinition(state.definition);
  const { generation, table_name: table } = state;
  const served: PublishedLayer = {
    ...layer,
    ...{ generation, table, count: 0, bbox: null, interval: null, prepared: UNPREPARED },
  };
  return { layer, served, lastFid: state.last_fid };
}

/** Fills the table `into` with the records of `from` as the changes leave them. Returns how many there are. */
async function fillNext(
  run: Run,
  layer: Layer,
  from: string,
  into: string,
  changes: readonly PlannedChange[],
): Promise<number> {
  const has = (await run<{ name: string }>(recordColumns(from))).map(({ name }) => name);
  await run(copyOthers(layer, from, into, { has, without: changes.map(({ id }) => id) }));
  const records = changes.flatMap(({ after }) => (after ? [after as unknown as LayerRecord] : []));
  const cells = layer.geometry === 'point' ? records.map(cellOf) : [];
  if (records.length > 0) await run(insertRecords(layer, into, records, cells, LABEL_POINT));
  for (const { change, id, differs } of changes) {
    if (change !== 'changed') continue;
    const kept = keepUntouched(
      layer,
      { from, into, has },
      id,
      differs.map(({ field }) => field),
    );
    if (kept) await run(kept);
  }
  await run(constrainCopy(layer, into));
  const [held] = await run<{ count: number }>(countMerged(into));
  return held?.count ?? 0;
}

function cellOf({ geometry }: LayerRecord): string {
  const [lon, lat] = geometry.coordinates as [number, number];
  return toBaseCell(lon, lat);
}

function toCorrected(
  { change, id, recordId, differs, issues }: PlannedChange,
  feature: Feature | null,
): CorrectedRecord {
  return { change, id, recordId, differs, issues, feature, tag: feature && recordTag(feature) };
}

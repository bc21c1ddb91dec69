import { randomUUID } from 'node:crypto';
import { readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Mapping } from '../../../server/core/mapping.ts';
import type { Connection, Database } from '../../../server/db/database.ts';
import { LIMITS } from '../../../server/ingest/source.ts';
import { importLauncher } from '../../../server/jobs/import/launch.ts';
import { publishUpload } from '../../../server/jobs/publish-upload.ts';
import { peakMegabytes, treeOf } from '../usage.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../../dist/server/import.js');
const LOOK_MS = 50;

export interface Imported {
  /** From the first byte to a checked and indexed version: all of the following but the preparing. */
  readonly seconds: number;
  readonly readSeconds: number;
  readonly checkSeconds: number;
  readonly recordSeconds: number;
  readonly indexSeconds: number;
  /** Null: nothing was prepared. */
  readonly prepareSeconds: number | null;
  readonly count: number;
  /** Resident in the process that reads, at most. */
  readonly peakMegabytes: number;
}

/** Our own children that run Node: the private cluster is among them too. */
function readersOf(pid: number): number[] {
  return treeOf(pid)
    .slice(1)
    .filter((child) => {
      try {
        return readlinkSync(`/proc/${child}/exe`) === process.execPath;
      } catch {
        return false;
      }
    });
}

function peakOrNone(pid: number): number {
  try {
    return peakMegabytes(pid);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

/** Thrown where only the time to an indexed version is asked for: the transaction that publishes is given up. */
class Enough extends Error {}

/** Brings a file as an upload does, and publishes it as a layer of its own; without tiles as far as its indexes. */
export async function importFile(
  { run, transaction }: Database,
  connection: Connection,
  file: string,
  collection: string,
  hasTiles = true,
): Promise<Imported> {
  const upload = randomUUID();
  const query = <Row>(text: string, ...values: unknown[]) => run<Row>({ text, values });
  await query(
    `INSERT INTO azalai.upload (id, name, bytes, state) VALUES ($1, $2, $3, 'reading')`,
    upload,
    path.basename(file),
    statSync(file).size,
  );
  // The reader is the built one, as in service: nothing of what loads TypeScript here is for it.
  process.execArgv = [];
  const launcher = importLauncher({
    entry: ENTRY,
    connection: connection as Readonly<Record<string, unknown>>,
    limits: LIMITS,
    fileOf: () => file,
    run,
    onError: (error) => console.error(error),
  });
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  let readAt: number | undefined;
  let peak = 0;
  let isOver = false;
  const over = launcher.launch(upload).then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    for (const pid of readersOf(process.pid)) peak = Math.max(peak, peakOrNone(pid));
    const [row] = await query<{ state: string }>('SELECT state FROM azalai.upload WHERE id = $1', upload);
    if (row?.state !== 'reading') readAt ??= since();
  }
  await over;
  const checkedAt = since();
  const [row] = await query<{ state: string; mapping: Mapping; error: unknown }>(
    'SELECT state, mapping, error FROM azalai.upload WHERE id = $1',
    upload,
  );
  if (row?.state !== 'ready' || row.mapping.target.mode !== 'new') throw new Error(JSON.stringify(row));
  const { target } = row.mapping;
  const mapping: Mapping = { ...row.mapping, target: { ...target, layer: { ...target.layer, id: collection } } };
  const [recordsAt, indexedAt] = [{ at: 0 }, { at: 0 }];
  const published = await publishUpload(transaction, {
    upload,
    mapping,
    beside: transaction,
    progress: (step) => {
      if (step === 'records') recordsAt.at = since();
      if (step === 'indexes') indexedAt.at = since();
      if (step === 'indexes' && !hasTiles) throw new Enough();
    },
  }).catch((error: unknown) => {
    if (error instanceof Enough) return null;
    throw error;
  });
  const end = since();
  const [sound] = await query<{ count: number }>(
    `SELECT (report #>> '{account,unchanged}')::integer + (report #>> '{account,repaired}')::integer AS count
      FROM azalai.upload WHERE id = $1`,
    upload,
  );
  return {
    seconds: indexedAt.at,
    readSeconds: readAt ?? checkedAt,
    checkSeconds: checkedAt - (readAt ?? checkedAt),
    recordSeconds: recordsAt.at - checkedAt,
    indexSeconds: indexedAt.at - recordsAt.at,
    prepareSeconds: published ? end - indexedAt.at : null,
    count: published?.count ?? sound?.count ?? 0,
    peakMegabytes: peak,
  };
}

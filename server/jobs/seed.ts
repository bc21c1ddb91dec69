import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InvalidLayer } from '../core/errors.ts';
import { nextGeneration } from '../core/generation.ts';
import { type Layer, LayerSchema } from '../core/layer.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import { type LayerRecord, parseRecords } from '../core/record.ts';
import { type LayerState, layerStateQuery, lockSeed, type SeedState, seedStateQuery } from '../query/catalogue.ts';
import type { Run, Transaction } from '../query/sql.ts';
import { lockLayer } from '../query/versions.ts';
import type { Progress } from './prepare.ts';
import { copyVersion } from './publish/copy-version.ts';
import { STORAGE_FORMAT, storageHash } from './publish/storage-hash.ts';
import { parseDefinition } from './publish/target-layer.ts';
import { type PublishOptions, publish, VERSIONS_KEPT } from './publish.ts';

interface ShippedLayer {
  readonly layer: Layer;
  /** Of the definition and the data as they are in the files. */
  readonly hash: string;
  readonly records: () => LayerRecord[];
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidLayer(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/**
 * Reads a layer definition.
 * @throws InvalidLayer naming the file and what is wrong in it
 */
export function parseLayer(file: string, text: string): Layer {
  const parsed = LayerSchema.safeParse(parseJson(file, text));
  if (!parsed.success) throw new InvalidLayer(`${file} breaks the layer schema:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.id !== path.basename(file, '.json')) {
    throw new InvalidLayer(`${file} holds the layer "${parsed.data.id}": a file is named by its layer.`);
  }
  return parsed.data;
}

/** The layers that the project ships: definitions in `layers/`, data beside it. */
export async function readShippedLayers(geodata: string): Promise<ShippedLayer[]> {
  const files = (await readdir(path.join(geodata, 'layers'))).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    files.map(async (name) => {
      const definition = await readFile(path.join(geodata, 'layers', name), 'utf8');
      const layer = parseLayer(name, definition);
      const file = layer.data;
      if (file === undefined) throw new InvalidLayer(`${name} names no data file: a layer that is shipped has one.`);
      const data = await readFile(path.join(geodata, file), 'utf8').catch(() => {
        throw new InvalidLayer(`${name} names the data file ${file}, which is not there.`);
      });
      const hash = createHash('sha256').update(`${STORAGE_FORMAT}\n${definition}\n${data}`).digest('hex');
      return { layer, hash, records: () => parseRecords(layer, parseJson(file, data)) };
    }),
  );
}

export interface SeedOptions {
  /** A layer that was removed, to be published again. */
  readonly restore?: string;
  readonly budget?: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept?: number;
  readonly onProgress?: (layerId: string, ...progress: Parameters<Progress>) => void;
}

/**
 * Publishes every shipped layer whose files differ from what was last published from them, and anew every layer that was
 * stored in another way than now. A layer that a person has removed stays out, and one that a person has changed stays as
 * it is, unless it is the one to `restore`. Returns the ids published.
 */
export async function seed(
  transaction: Transaction,
  geodata: string,
  { restore, budget = TILE_BUDGET, versionsKept = VERSIONS_KEPT, onProgress = () => undefined }: SeedOptions = {},
): Promise<string[]> {
  const shipped = await readShippedLayers(geodata);
  // Another budget prepares every layer anew.
  const hashOf = (hash: string) => `${hash} ${budget.records} ${budget.bytes}`;
  return transaction(async (run) => {
    await run(lockSeed());
    const published: string[] = [];
    const options = (id: string, last: number | undefined) => ({
      generation: nextGeneration(last, Date.now()),
      budget,
      versionsKept,
      progress: ((step, done, total) => onProgress(id, step, done, total)) satisfies Progress,
    });
    // People may publish while another server starts: each layer is looked at once nobody else can change it.
    const lookAt = async (id: string) => {
      await run(lockLayer(id));
      return (await run<SeedState>(seedStateQuery())).find((state) => state.id === id);
    };
    for (const { layer, hash: fileHash, records } of shipped) {
      const hash = hashOf(fileHash);
      const current = await lookAt(layer.id);
      const isOurs = !current || (current.origin === 'seed' && !current.withdrawn);
      if (isOurs ? current?.seed_hash === hash : layer.id !== restore) continue;
      await publish(run, layer, records(), { ...options(layer.id, current?.generation), seedHash: hash });
      published.push(layer.id);
    }
    for (const { id } of await run<SeedState>(seedStateQuery())) {
      const current = await lookAt(id);
      if (!current || current.withdrawn || current.origin === 'seed' || current.seed_hash === storageHash(budget))
        continue;
      await publishAnew(run, id, { ...options(id, current.generation), seedHash: storageHash(budget) });
      published.push(id);
    }
    return published;
  });
}

/** The version in service once more, as it is stored now. */
async function publishAnew(run: Run, id: string, options: Omit<PublishOptions, 'origin'>): Promise<void> {
  const [state] = await run<LayerState>(layerStateQuery(id));
  if (!state) return;
  const origin = { kind: 'restore', generation: state.generation } as const;
  await copyVersion(run, parseDefinition(state.definition), state.table_name, { ...options, origin });
}

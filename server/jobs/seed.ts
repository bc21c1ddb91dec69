import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InvalidLayer } from '../core/errors.ts';
import { nextGeneration } from '../core/generation.ts';
import { type Layer, LayerSchema } from '../core/layer.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import { type LayerRecord, parseRecords } from '../core/record.ts';
import { lockSeed, type SeedState, seedStateQuery } from '../query/catalogue.ts';
import type { Transaction } from '../query/sql.ts';
import type { Progress } from './prepare.ts';
import { publish } from './publish.ts';

interface ShippedLayer {
  readonly layer: Layer;
  /** Of the definition and the data as they are in the files. */
  readonly hash: string;
  readonly records: () => LayerRecord[];
}

/** Raised when publishing itself changes what it stores, so that every shipped layer is published anew. */
const SEED_FORMAT = 3;

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
      const data = await readFile(path.join(geodata, layer.data), 'utf8').catch(() => {
        throw new InvalidLayer(`${name} names the data file ${layer.data}, which is not there.`);
      });
      const hash = createHash('sha256').update(`${SEED_FORMAT}\n${definition}\n${data}`).digest('hex');
      return { layer, hash, records: () => parseRecords(layer, parseJson(layer.data, data)) };
    }),
  );
}

export interface SeedOptions {
  /** A layer that was removed, to be published again. */
  readonly restore?: string;
  readonly budget?: TileBudget;
  readonly onProgress?: (layerId: string, ...progress: Parameters<Progress>) => void;
}

/**
 * Publishes every shipped layer whose files differ from what was last published from them. A layer that a person has
 * removed stays out, unless it is the one to `restore`. Returns the ids published.
 */
export async function seed(
  transaction: Transaction,
  geodata: string,
  { restore, budget = TILE_BUDGET, onProgress = () => undefined }: SeedOptions = {},
): Promise<string[]> {
  const shipped = await readShippedLayers(geodata);
  // Another budget prepares every layer anew.
  const hashOf = (hash: string) => `${hash} ${budget.records} ${budget.bytes}`;
  return transaction(async (run) => {
    await run(lockSeed());
    const state = await run<SeedState>(seedStateQuery());
    const published: string[] = [];
    for (const { layer, hash: fileHash, records } of shipped) {
      const hash = hashOf(fileHash);
      const current = state.find(({ id }) => id === layer.id);
      const isDue = current?.withdrawn ? layer.id === restore : current?.seed_hash !== hash;
      if (!isDue) continue;
      const generation = nextGeneration(current?.generation, Date.now());
      const progress: Progress = (step, done, total) => onProgress(layer.id, step, done, total);
      await publish(run, layer, records(), { generation, seedHash: hash, budget, progress });
      published.push(layer.id);
    }
    return published;
  });
}

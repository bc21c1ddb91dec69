import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import { type Fault, InvalidParameter } from '../core/errors.ts';
import { parseKnownAt } from '../core/interval.ts';
import type { Localized } from '../core/layer.ts';
import type { Access } from '../query/filter.ts';
import type { Run } from '../query/sql.ts';
import { checkEstimate } from './estimate.ts';
import type { CommonInputs } from './inputs.ts';
import type { Outcome, Part, Process, Result } from './process.ts';
import { unitsOf } from './quantity.ts';
import type { Question } from './question.ts';

/** Who asks, and by what the answer is found. */
export interface Asked {
  readonly catalogue: Catalogue;
  /** A kept version of a layer by its generation. @throws VersionNotKept */
  readonly version: (layer: PublishedLayer, generation: number) => Promise<PublishedLayer>;
  readonly run: Run;
  readonly access: Access;
  /** Of the application. */
  readonly software: string;
  readonly signal: AbortSignal;
  /** Whether who asks comes back for the answer, and may thus wait longer. */
  readonly isAsynchronous: boolean;
  readonly progress: Question['progress'];
}

/** @throws InvalidParameter with the place of each fault, as a JSON pointer into the body */
export function parseInputs(process: Process, given: unknown): CommonInputs & Record<string, unknown> {
  const parsed = process.inputs.safeParse(given ?? {});
  if (parsed.success) return parsed.data as CommonInputs & Record<string, unknown>;
  throw new InvalidParameter(parsed.error.issues.map(toFault));
}

function toFault(issue: z.core.$ZodIssue): Fault {
  const at = issue.path.map(String);
  const name = at.join('.') || 'inputs';
  const pointer = ['', 'inputs', ...at.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
  return { pointer, detail: `${name}: ${issue.message}.`.replace(/\.\.$/, '.') };
}

const toFeatures = ({ title, features }: Part) => ({
  type: 'FeatureCollection' as const,
  title,
  features: [...features],
});

const inOneParagraph = (text: Localized, { caveats }: Outcome<unknown>): Localized => ({
  en: [text.en, ...caveats.map((caveat) => caveat.text.en)].join(' '),
  fr: [text.fr, ...caveats.map((caveat) => caveat.text.fr)].join(' '),
});

/** What a process found, with what is needed to send it and to keep it. */
export interface Answer {
  readonly result: Result;
  readonly parts: readonly Part[];
  /** Every version that was asked, by the id of its collection. */
  readonly layers: ReadonlyMap<string, PublishedLayer>;
}

/**
 * Asks a question: the same one of the same versions has the same result, byte for byte.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, FeatureNotFound, VersionNotKept, AnalysisTooLarge, and what `run` throws
 */
export async function execute(process: Process, given: unknown, asked: Asked): Promise<Answer> {
  const inputs = parseInputs(process, given);
  const before = inputs.known_at === undefined ? undefined : parseKnownAt(inputs.known_at);
  const layers = new Map<string, PublishedLayer>();
  const { catalogue, access, signal, progress } = asked;
  const question: Question = {
    layers: catalogue.layers,
    access,
    progress,
    run: (query) => asked.run(query, signal),
    layer: async (id) => {
      const known = layers.get(id);
      if (known) return known;
      const generation = inputs.generations[id];
      const served = catalogue.get(id, generation === undefined ? before : undefined);
      const isOther = generation !== undefined && generation !== served.generation;
      const layer = isOther ? await asked.version(served, generation) : served;
      layers.set(id, layer);
      return layer;
    },
  };
  checkEstimate(await process.estimate(question, inputs), asked.isAsynchronous);
  const outcome = await process.run(question, inputs);
  const generations = Object.fromEntries(
    [...layers.values()].map(({ id, generation }) => [id, generation] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const result: Omit<Result, 'receipt'> = {
    process: process.id,
    title: process.title,
    text: inOneParagraph(outcome.text, outcome),
    caveats: outcome.caveats,
    numbers: process.numbers.parse(outcome.numbers),
    units: unitsOf(process.numbers),
    features: Object.fromEntries(outcome.parts.map((part) => [part.id, toFeatures(part)])),
  };
  const receipt = { process: process.id, inputs: { ...inputs, generations }, software: asked.software };
  const hash = createHash('sha256')
    .update(canonicalJson({ ...result, receipt }))
    .digest('hex');
  return { result: { ...result, receipt: { ...receipt, hash } }, parts: outcome.parts, layers };
}

import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import { InvalidParameter } from '../core/errors.ts';
import { parseKnownAt } from '../core/interval.ts';
import type { Localized } from '../core/layer.ts';
import { printed, printedWithin } from '../core/no-break-spaces.ts';
import type { Access } from '../query/filter.ts';
import type { Run } from '../query/sql.ts';
import { checkEstimate } from './estimate.ts';
import { toFaults } from './faults.ts';
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
  throw new InvalidParameter(toFaults(parsed.error.issues));
}

const toFeatures = ({ title, fields, style, features }: Part) => ({
  ...{ type: 'FeatureCollection' as const, title, fields },
  ...(style && { style }),
  features: [...features],
});

const printedPart = (part: Part): Part => ({
  ...part,
  title: printed(part.title),
  fields: part.fields.map((field) => ({ ...field, title: printed(field.title) })),
});

const inOneParagraph = (text: Localized, { caveats }: Outcome<unknown>): Localized => ({
  en: [text.en, ...caveats.map((caveat) => caveat.text.en)].join(' '),
  fr: [text.fr, ...caveats.map((caveat) => caveat.text.fr)].join(' '),
});

const inOrder = <Value>(members: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The layers among which collections are found by what they are. Where the versions that are asked name some of a sort, those
 * alone: what came into service after a receipt must not be found by it, were it only to make a name ambiguous.
 */
function foundAgain(layers: readonly PublishedLayer[], generations: CommonInputs['generations']) {
  const sortOf = ({ role, geometry, nature }: PublishedLayer) => `${role} ${geometry} ${nature === 'modelled'}`;
  const named = layers.filter(({ id }) => Object.hasOwn(generations, id));
  const sorts = new Set(named.map(sortOf));
  return layers.filter((layer) => named.includes(layer) || !sorts.has(sortOf(layer)));
}

/** What a process found, with what is needed to send it and to keep it. */
export interface Answer {
  readonly result: Result;
  readonly parts: readonly Part[];
  /** Every version that was asked, by the id of its collection. */
  readonly layers: ReadonlyMap<string, PublishedLayer>;
}

/** Reads a question and weighs what it would take: all that is done before it is begun. */
async function begin(process: Process, given: unknown, asked: Asked) {
  const inputs = parseInputs(process, given);
  const before = inputs.known_at === undefined ? undefined : parseKnownAt(inputs.known_at);
  const layers = new Map<string, PublishedLayer>();
  const taken: Record<string, unknown> = {};
  const { catalogue, access, signal, progress } = asked;
  // A result that is kept is asked about where it is named, and never by itself.
  const lasting = catalogue.layers.filter(({ expires }) => expires === undefined);
  const question: Question = {
    layers: foundAgain(lasting, inputs.generations),
    access,
    signal,
    progress,
    run: (query) => asked.run(query, signal),
    takes: (input, ids) => {
      if (inputs[input] !== undefined) return;
      // Some inputs are one collection.
      taken[input] = [ids, ids[0]].find((each) => process.inputs.shape[input]?.safeParse(each).success);
    },
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
  return { inputs, question, layers, taken };
}

/**
 * Finds out whether a question could be asked, without asking it.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, FeatureNotFound, VersionNotKept, AnalysisTooLarge, and what `run` throws
 */
export async function weigh(process: Process, given: unknown, asked: Asked): Promise<void> {
  await begin(process, given, asked);
}

/**
 * Asks a question: the same one of the same versions has the same result, byte for byte.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, FeatureNotFound, VersionNotKept, AnalysisTooLarge, and what `run` throws
 */
export async function execute(process: Process, given: unknown, asked: Asked): Promise<Answer> {
  const { inputs, question, layers, taken } = await begin(process, given, asked);
  const outcome = await process.run(question, inputs);
  const parts = outcome.parts.map(printedPart);
  const generations = inOrder([...layers.values()].map(({ id, generation }) => [id, generation]));
  const result: Omit<Result, 'receipt'> = {
    process: process.id,
    title: printed(process.title),
    text: printed(inOneParagraph(outcome.text, outcome)),
    caveats: outcome.caveats.map(({ code, text }) => ({ code, text: printed(text) })),
    numbers: printedWithin(process.numbers.parse(outcome.numbers)),
    units: unitsOf(process.numbers),
    features: Object.fromEntries(parts.map((part) => [part.id, toFeatures(part)])),
  };
  // In the order of their names: what was taken the first time is given the second time, and the bytes must be the same.
  const said = inOrder(Object.entries<unknown>({ ...inputs, ...taken }));
  const receipt = { process: process.id, inputs: { ...said, generations }, software: asked.software };
  const hash = createHash('sha256')
    .update(canonicalJson({ ...result, receipt }))
    .digest('hex');
  return { result: { ...result, receipt: { ...receipt, hash } }, parts, layers };
}

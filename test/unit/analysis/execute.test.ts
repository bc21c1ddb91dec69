import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { type Asked, execute } from '../../../server/analysis/execute.ts';
import { inputsOf, SelectionsSchema } from '../../../server/analysis/inputs.ts';
import { defineProcess, type Outcome } from '../../../server/analysis/process.ts';
import { count, quantity } from '../../../server/analysis/quantity.ts';
import { select } from '../../../server/analysis/select.ts';
import { canonicalJson } from '../../../server/core/canonical-json.ts';
import { Catalogue, type PublishedLayer } from '../../../server/core/catalogue.ts';
import { InvalidParameter, LayerNotFound, VersionNotKept } from '../../../server/core/errors.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const published = (id: string, generation = 7): PublishedLayer => ({
  ...EVENTS_LAYER,
  ...{ id, generation, table: `${id}_${generation}`, count: 0, bbox: null, interval: null, prepared: UNPREPARED },
});

const answered: Outcome<{ km: number; events: number }> = {
  numbers: { km: 1.23456, events: 3 },
  parts: [
    {
      ...{ id: 'points', title: { en: 'Points', fr: 'Points' }, geometry: 'point', fields: [] },
      features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [0, 1] }, properties: { far: 1 } }],
    },
  ],
  text: { en: 'Found.', fr: 'Trouvé.' },
  caveats: [{ code: 'few', text: { en: 'Few.', fr: 'Peu.' } }],
};

/** A process that takes events, and answers what it is told to. */
const asking = (outcome: unknown = answered, seconds = 0, ids?: readonly string[]) =>
  defineProcess({
    ...{ id: 'test-one', title: { en: 'Test', fr: 'Essai' }, description: { en: 'A test.', fr: 'Un essai.' } },
    inputs: inputsOf({ events: SelectionsSchema.optional(), limit: z.int().default(5) }),
    numbers: z.strictObject({ km: quantity('km', 'far', 1), events: count('events') }),
    estimate: async () => ({ comparisons: 1_234_567, seconds }),
    run: async (question, inputs) => {
      for (const id of ids ?? []) await question.layer(id);
      if (!ids)
        await select(question, inputs.events, inputs, { roles: ['events'], input: 'events', takesFilter: true });
      return outcome as typeof answered;
    },
  });

const asked = (ids: readonly string[], other: Partial<Asked> = {}): Asked => ({
  catalogue: new Catalogue(ids.map((id) => published(id))),
  version: async (layer, generation) => {
    if (generation === 1) throw new VersionNotKept('gone');
    return { ...published(layer.id, generation), generationInService: layer.generation };
  },
  run: async () => [],
  access: PUBLIC_ACCESS,
  software: '1.2.3',
  signal: new AbortController().signal,
  isAsynchronous: false,
  progress: () => undefined,
  ...other,
});

async function thrown(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('asking a question', () => {
  it('gives numbers with units, features, a paragraph with its caveats, and a receipt', async () => {
    const { result } = await execute(asking(), { events: 'attacks' }, asked(['attacks', 'mines']));
    const { receipt, ...rest } = result;
    expect(rest).to.deep.equal({
      process: 'test-one',
      title: { en: 'Test', fr: 'Essai' },
      text: { en: 'Found. Few.', fr: 'Trouvé. Peu.' },
      caveats: answered.caveats,
      numbers: { km: 1.2, events: 3 },
      units: { km: 'km', events: '1' },
      features: {
        points: {
          type: 'FeatureCollection',
          title: { en: 'Points', fr: 'Points' },
          fields: answered.parts[0]?.fields,
          features: answered.parts[0]?.features,
        },
      },
    });
    const { hash, ...signed } = receipt;
    expect(signed).to.deep.equal({
      ...{ process: 'test-one', software: '1.2.3' },
      inputs: { events: ['attacks'], limit: 5, mix: false, generations: { attacks: 7 } },
    });
    expect(hash).to.match(/^[0-9a-f]{64}$/);
  });

  it('has a hash that whoever has the result can find again', async () => {
    const { result } = await execute(asking(), {}, asked(['attacks']));
    const { receipt, ...rest } = JSON.parse(JSON.stringify(result)) as typeof result;
    const { hash, ...signed } = receipt;
    const again = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
    expect(again({ ...rest, receipt: signed })).to.equal(hash);
    const other = { ...rest, numbers: { ...rest.numbers, events: 4 }, receipt: signed };
    expect(again(other)).not.to.equal(hash);
  });

  it('gives the same bytes twice, and to who sends the receipt, whatever came into service since', async () => {
    const bytes = async (inputs: unknown, ids: readonly string[]) =>
      JSON.stringify((await execute(asking(), inputs, asked(ids))).result);
    const first = await bytes({ max_precision_m: 5 }, ['attacks', 'clashes']);
    expect(await bytes({ max_precision_m: 5 }, ['attacks', 'clashes'])).to.equal(first);
    const { inputs } = (JSON.parse(first) as { receipt: { inputs: Record<string, unknown> } }).receipt;
    expect(inputs.events).to.deep.equal(['attacks', 'clashes']);
    expect(await bytes(inputs, ['attacks', 'clashes'])).to.equal(first);
    expect(await bytes(inputs, ['ambushes', 'attacks', 'clashes'])).to.equal(first);
  });

  it('gives the same bytes to the receipt of a question that found no collection', async () => {
    const { result } = await execute(asking(), {}, asked([]));
    expect(result.receipt.inputs.events).to.deep.equal([]);
    const again = await execute(asking(), result.receipt.inputs, asked(['attacks']));
    expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
  });

  it('asks the versions that a receipt names, and each once', async () => {
    const versions: number[] = [];
    const version: Asked['version'] = async (layer, generation) => {
      versions.push(generation);
      return published(layer.id, generation);
    };
    const process = asking(answered, 0, ['b', 'a', 'b']);
    const { result, layers } = await execute(process, { generations: { b: 5, a: 7 } }, asked(['a', 'b'], { version }));
    expect(versions).to.deep.equal([5]);
    expect(layers.get('b')?.generation).to.equal(5);
    expect(Object.entries(result.receipt.inputs.generations)).to.deep.equal([
      ['a', 7],
      ['b', 5],
    ]);
  });

  it('says of a version that is no longer kept that it is not, and of a collection that there is none', async () => {
    const gone = execute(asking(), { events: 'attacks', generations: { attacks: 1 } }, asked(['attacks']));
    expect(await thrown(gone)).to.be.instanceOf(VersionNotKept);
    expect(await thrown(execute(asking(), { events: 'atacks' }, asked(['attacks'])))).to.be.instanceOf(LayerNotFound);
  });

  it('never gives a number that is none', async () => {
    for (const km of [Number.NaN, Number.POSITIVE_INFINITY, null]) {
      const wrong = { ...answered, numbers: { km, events: 3 } };
      expect(await thrown(execute(asking(wrong), {}, asked([]))), String(km)).to.be.instanceOf(Error);
    }
    for (const far of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const [part] = answered.parts;
      const feature = { ...part?.features[0], properties: { far } };
      const wrong = { ...answered, parts: [{ ...part, features: [feature] }] };
      expect(await thrown(execute(asking(wrong), {}, asked([]))), String(far)).to.be.instanceOf(RangeError);
    }
  });

  it('begins nothing that would be too large, and says what it would cost', async () => {
    let isRun = false;
    const process = (seconds: number) => ({
      ...asking(answered, seconds),
      run: async () => {
        isRun = true;
        return answered;
      },
    });
    const tooLong = await thrown(execute(process(20.4), {}, asked([])));
    expect(tooLong).to.be.instanceOf(AnalysisTooLarge);
    expect(tooLong.message).to.include('1,234,567 comparisons, 21 s').and.include('respond-async');
    const far = await thrown(execute(process(601), {}, asked([], { isAsynchronous: true })));
    expect(far.message).to.include('at most 600 s').and.not.include('respond-async');
    expect(isRun).to.equal(false);
    await execute(process(600), {}, asked([], { isAsynchronous: true }));
    expect(isRun).to.equal(true);
  });

  it('refuses faulty inputs before anything else', async () => {
    const process = { ...asking(), estimate: () => Promise.reject(new Error('asked for its cost')) };
    expect(await thrown(execute(process, { events: 7 }, asked([])))).to.be.instanceOf(InvalidParameter);
  });

  it('gives the signal to every query', async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const run: Asked['run'] = async (_query, given) => {
      seen.push(given);
      return [];
    };
    const process = {
      ...asking(),
      estimate: async (question: Parameters<ReturnType<typeof asking>['estimate']>[0]) => {
        await question.run({ text: 'SELECT', values: [] });
        return { comparisons: 0, seconds: 0 };
      },
    };
    await execute(process, {}, asked([], { run, signal }));
    expect(seen).to.deep.equal([signal]);
  });
});

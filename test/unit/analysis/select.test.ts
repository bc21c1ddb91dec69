import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Selection } from '../../../server/analysis/inputs.ts';
import type { Question } from '../../../server/analysis/question.ts';
import { select } from '../../../server/analysis/select.ts';
import { Catalogue, type PublishedLayer } from '../../../server/core/catalogue.ts';
import { type AzalaiError, InvalidFilter, InvalidParameter, LayerNotFound } from '../../../server/core/errors.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const layer = (id: string, other: Partial<PublishedLayer> = {}): PublishedLayer => ({
  ...EVENTS_LAYER,
  ...{ id, generation: 1, table: id, count: 0, bbox: null, interval: null, prepared: UNPREPARED },
  ...other,
});

const catalogue = new Catalogue([
  layer('attacks'),
  layer('clashes', { nature: 'approximate', firstPublishedAt: '2026-11-01T00:00:00.000Z' }),
  layer('generated', { nature: 'modelled' }),
  layer('held', { role: 'control', geometry: 'polygon' }),
  layer('swept', { role: 'events', geometry: 'polygon' }),
]);
const ACCESS = { handling: ['public', 'internal'] } as const;
const taken: unknown[] = [];
const question = {
  layers: catalogue.layers,
  access: ACCESS,
  layer: async (id: string) => catalogue.get(id),
  takes: (input: string, ids: readonly string[]) => taken.push([input, ids]),
} as unknown as Question;

const EVENTS = { roles: ['events'], geometry: 'point', input: 'events', takesFilter: true } as const;
const chosen = (named: readonly Selection[] | undefined, whole: object = {}, wanted: object = {}) =>
  select(question, named, { mix: false, ...whole }, { ...EVENTS, ...wanted });
const idsOf = async (...given: Parameters<typeof chosen>) => (await chosen(...given)).map((each) => each.layer.id);

async function refusal(work: Promise<unknown>): Promise<AzalaiError> {
  try {
    await work;
  } catch (error) {
    return error as AzalaiError;
  }
  throw new Error('it was taken');
}
const pointerOf = (error: AzalaiError) => (error as InvalidParameter).faults[0]?.pointer;

describe('the collections of a question', () => {
  it('are those of the role and geometry when none is named, never modelled ones, and the receipt is told', async () => {
    taken.length = 0;
    expect(await idsOf(undefined)).to.deep.equal(['attacks', 'clashes']);
    expect(taken).to.deep.equal([['events', ['attacks', 'clashes']]]);
    expect(await idsOf(undefined, {}, { geometry: undefined })).to.deep.equal(['attacks', 'clashes', 'swept']);
    expect(await idsOf(undefined, {}, { roles: undefined })).to.deep.equal([]);
  });

  it('are those that are named, in that order, and none for an empty list', async () => {
    taken.length = 0;
    expect(await idsOf(['clashes', 'attacks'])).to.deep.equal(['clashes', 'attacks']);
    expect(await idsOf([])).to.deep.equal([]);
    expect(taken).to.deep.equal([
      ['events', ['clashes', 'attacks']],
      ['events', []],
    ]);
  });

  it('are not modelled and others together, unless that is said', async () => {
    const error = await refusal(chosen(['attacks', 'generated']));
    expect(error).to.be.instanceOf(InvalidParameter);
    expect(pointerOf(error)).to.equal('/inputs/events');
    expect(error.message).to.include('"mix"');
    expect(await idsOf(['attacks', 'generated'], { mix: true })).to.have.length(2);
    expect(await idsOf(['generated'])).to.deep.equal(['generated']);
  });

  it('are refused where they are of another role or geometry, named twice, or none', async () => {
    expect((await refusal(chosen(['held']))).message).to.include('collection of control; events takes events');
    expect((await refusal(chosen(['swept']))).message).to.include('has polygons; events takes points');
    expect((await refusal(chosen(['attacks', { collection: 'attacks' }]))).message).to.include('twice');
    expect(await refusal(chosen(['unknown']))).to.be.instanceOf(LayerNotFound);
  });

  it('have each what they say of themselves before what the question says as a whole', async () => {
    const whole = {
      ...{ datetime: '2016-01-01', max_precision_m: 5_000, known_at: '2026-11-21', filter: 'killed > 1' },
    };
    const own = { collection: 'attacks', datetime: '2020-01-01/2020-12-31', max_precision_m: 10, filter: 'killed = 0' };
    const [first, second] = await chosen([own, 'clashes'], whole);
    expect(first?.filter.datetime).to.deep.equal({ from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' });
    expect(second?.filter.datetime).to.deep.equal({ from: '2016-01-01T00:00:00.000Z', to: '2016-01-02T00:00:00.000Z' });
    expect([first?.maxPrecisionM, second?.maxPrecisionM]).to.deep.equal([10, 5_000]);
    expect([first?.filter.maxPrecisionM, second?.filter.maxPrecisionM]).to.deep.equal([10, 5_000]);
    expect(first?.filter.knownBefore).to.equal('2026-11-22T00:00:00.000Z');
    // What was served by then was known, whatever its records say.
    expect(second?.filter.knownBefore).to.equal(undefined);
    expect(first?.filter.expression).not.to.deep.equal(second?.filter.expression);
    expect(first?.filter.expression).not.to.equal(undefined);
  });

  it('have always the access of the caller, and the filter of the whole only where it is about them', async () => {
    for (const takesFilter of [true, false]) {
      const [only] = await chosen(['attacks'], { filter: 'killed > 1' }, { takesFilter });
      expect(only?.filter.access).to.equal(ACCESS);
      expect(only?.filter.expression !== undefined).to.equal(takesFilter);
    }
  });

  it('have filters as text and as JSON, which are checked against their fields', async () => {
    const json = { op: '>', args: [{ property: 'killed' }, 1] };
    const [asText] = await chosen([{ collection: 'attacks', filter: 'killed > 1' }]);
    const [asJson] = await chosen([{ collection: 'attacks', filter: json }]);
    expect(asJson?.filter.expression).to.deep.equal(asText?.filter.expression);
    for (const filter of ['injured > 1', 'killed >', { op: 'no' }]) {
      expect(await refusal(chosen([{ collection: 'attacks', filter }])), JSON.stringify(filter)).to.be.instanceOf(
        InvalidFilter,
      );
    }
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ProcessResult } from '../../../client/api/processes.ts';
import type { AskedInput } from '../../../client/ask/arrange-inputs.ts';
import { askedEvents } from '../../../client/ask/asked-events.ts';
import { chartsOf } from '../../../client/ask/charts-of.ts';
import { hotspotOf } from '../../../client/ask/hotspot-of.ts';
import { EVER, resolveInputs, SHOWN } from '../../../client/ask/resolve-inputs.ts';
import { roundedInputs } from '../../../client/ask/rounded-inputs.ts';
import { stripsOf } from '../../../client/ask/strips-of.ts';

const input = (name: string, form: AskedInput['form']): AskedInput => ({
  name,
  form,
  title: name,
  minOccurs: 0,
  schema: {},
});
const INPUTS = [
  input('events', { type: 'collections', isMany: true, isNarrowed: true }),
  input('place', { type: 'place' }),
  input('datetime', { type: 'window' }),
];
const AROUND = {
  box: [-4, 13, 1, 18],
  window: '2022-01-01/2022-12-31',
  filterOf: (id: string) => (id === 'attacks' ? 'killed > 5' : null),
};

describe('what is sent of a question', () => {
  it('has the window of the clock unless dates were said', () => {
    expect(resolveInputs({}, INPUTS, AROUND)).to.deep.equal({ datetime: AROUND.window });
    expect(resolveInputs({ datetime: '2019' }, INPUTS, AROUND)).to.deep.equal({ datetime: '2019' });
    expect(resolveInputs({ datetime: EVER }, INPUTS, AROUND)).to.deep.equal({});
    expect(resolveInputs({}, INPUTS, { ...AROUND, window: null })).to.deep.equal({});
  });

  it('has no window of the clock where two periods are compared', () => {
    const compared = [...INPUTS, input('earlier', { type: 'window' })];
    expect(resolveInputs({}, compared, AROUND)).to.deep.equal({});
  });

  it('has what the map shows then, and the filters of the layers that are named', () => {
    expect(
      resolveInputs({ place: SHOWN, events: ['attacks', 'attacks_modelled'], datetime: EVER }, INPUTS, AROUND),
    ).to.deep.equal({
      place: { bbox: AROUND.box },
      events: [{ collection: 'attacks', filter: 'killed > 5' }, 'attacks_modelled'],
    });
  });

  it('has nothing of what is still to be chosen', () => {
    const inputs = [input('areas', { type: 'places', most: 5 })];
    expect(resolveInputs({ areas: [null] }, inputs, AROUND)).to.deep.equal({});
    expect(resolveInputs({ areas: [null, { admin: 'Gao' }] }, inputs, AROUND)).to.deep.equal({
      areas: [{ admin: 'Gao' }],
    });
  });

  it('keeps what a link brought that has no field', () => {
    expect(resolveInputs({ generations: { attacks: 2 }, datetime: EVER }, INPUTS, AROUND)).to.deep.equal({
      generations: { attacks: 2 },
    });
  });

  it('has positions to a metre in an address, and other numbers as they are', () => {
    const line = {
      geometry: {
        type: 'LineString',
        coordinates: [
          [1.123456789, 2],
          [3, 4.000000001],
        ],
      },
    };
    expect(roundedInputs({ line, within_km: 1.123456789 })).to.deep.equal({
      line: {
        geometry: {
          type: 'LineString',
          coordinates: [
            [1.12346, 2],
            [3, 4],
          ],
        },
      },
      within_km: 1.123456789,
    });
  });
});

const result = (process: string, numbers: object, features: object = {}, inputs: object = {}) =>
  ({ process, numbers, features, units: {}, receipt: { inputs } }) as unknown as ProcessResult;

describe('the strip of a line', () => {
  const feature = (
    properties: object,
    coordinates: number[][] = [
      [0, 0],
      [1, 0],
    ],
  ) => ({
    ...{ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties },
  });
  it('has its bins, its ground, and what it crosses and passes in their order', () => {
    const [strip] = stripsOf(
      result(
        'corridor',
        {
          length_km: 200,
          strip: [
            { from_km: 0, to_km: 100, count: 0, by_kind: {} },
            { from_km: 100, to_km: 200, count: 2, by_kind: { ied: 2 }, rate: 0.5, rate_lower: 0.1, rate_upper: 2 },
          ],
          control: { stretches: [{ from_km: 0, to_km: 200, actors: ['JNIM'], state: 'influence' }] },
        },
        {
          strip: { features: [feature({ from_km: 0, to_km: 100 })] },
          crossings: {
            features: [feature({ crossed: 'river', name: 'Niger', chainage_km: 150, collection: 'rivers', item: 5 })],
          },
          records: {
            features: [
              feature({ collection: 'camps', item: 1, record: 'camps/x', chainage_km: 20, distance_km: 3 }),
              feature({ collection: 'attacks', item: 9, chainage_km: 30 }),
            ],
          },
        },
        { events: ['attacks'] },
      ),
    );
    expect(strip?.bins.map(({ rate }) => rate)).to.deep.equal([undefined, [0.5, 0.1, 2]]);
    expect(strip?.marks.map(({ kind, km }) => [kind, km])).to.deep.equal([
      ['camps', 20],
      ['river', 150],
    ]);
    expect(strip?.stretches).to.deep.equal([{ fromKm: 0, toKm: 200, actors: ['JNIM'], state: 'influence' }]);
    expect(strip?.pieces).to.have.length(1);
  });

  it('is one per corridor and day of crossings, and none of other questions', () => {
    const at = (item: number, from_km: number) =>
      feature({
        collection: 'corridors',
        item,
        at: '2022-01-01',
        from_km,
        to_km: from_km + 10,
        actors: [],
        state: 'not recorded',
      });
    const strips = stripsOf(result('crossings', {}, { stretches: { features: [at(1, 10), at(2, 0), at(1, 0)] } }));
    expect(strips.map(({ lengthKm, stretches }) => [lengthKm, stretches.map(({ fromKm }) => fromKm)])).to.deep.equal([
      [20, [0, 10]],
      [10, [0]],
    ]);
    expect(stripsOf(result('summary', {}))).to.deep.equal([]);
  });
});

describe('the charts of an answer', () => {
  it('are bars with their intervals', () => {
    const area = { inside: { rate: 2, rate_lower: 1, rate_upper: 4 }, outside: { rate: 1 } };
    const [chart] = chartsOf(result('corridor', { study_area: area }));
    expect(chart?.type === 'bars' && chart.bars.map(({ value, lower, upper }) => [value, lower, upper])).to.deep.equal([
      [2, 1, 4],
      [1, undefined, undefined],
    ]);
  });

  it('are a series with its slope, whatever the series is of', () => {
    const steps = ['2019', '2020', '2021'].map((year) => ({ from: `${year}-01-01`, to: '' }));
    const whole = { trend: 'up', km: [1, 2, 4], km_slope: 1.5, km_slope_lower: 1, km_slope_upper: 2 };
    const [chart] = chartsOf(result('trend', { steps, whole }));
    expect(chart?.type === 'series' && chart.slope).to.deep.equal({ perYear: 1.5, lower: 1, upper: 2 });
    expect(chart?.type === 'series' && chart.points.map(({ value }) => value)).to.deep.equal([1, 2, 4]);
  });

  it('count ground of one holder once, and are none where there is nothing to draw', () => {
    const total = [
      { actors: ['CMA'], state: 'held', km: 1 },
      { actors: ['CMA'], state: 'influence', km: 2 },
      { actors: [], state: 'not recorded', km: 5 },
    ];
    const [chart] = chartsOf(result('crossings', { dates: [{ at: '2022-01-01', total }] }));
    expect(chart?.type === 'bars' && chart.bars.map(({ label, value }) => [label.fr, value])).to.deep.equal([
      ['CMA', 3],
      ['non renseigné', 5],
    ]);
    expect(chartsOf(result('corridor', {}))).to.deep.equal([]);
    expect(chartsOf(result('no-such-process', {}))).to.deep.equal([]);
  });
});

describe('a hexagon of hotspots', () => {
  it('has its verdict, its series, how that changed, and its records', () => {
    const numbers = {
      steps: [{ from: '2020-01-01' }],
      classified: [{ cell: 'a', series: [9, 1, 1, 1, 1, 2, 2, 2, 2] }],
      events: { imprecise: 7 },
    };
    const found = hotspotOf({ numbers }, { h3: 'a', class: 'new_hot' });
    expect(found).to.deep.include({ verdict: 'hot', imprecise: 7, from: '2020-01-01', listed: null });
    expect(found.change).to.deep.equal({ steps: 4, earlier: 4, later: 8 });
    const significant = [{ cell: 'b', listed: [{ collection: 'attacks', items: [3, 5] }] }];
    const listed = [3, 5].map((item) => ({ collection: 'attacks', item }));
    expect(hotspotOf({ numbers: { significant } }, { hexagon: 'b', verdict: 'cold_95' })).to.deep.include({
      ...{ verdict: 'cold', listed, series: null },
    });
    expect(hotspotOf({ numbers: {} }, { hexagon: 'c', verdict: 'none' }).verdict).to.equal('none');
    expect(hotspotOf({ numbers: {} }, { hexagon: 'c', verdict: 'too_few' }).verdict).to.equal('tooFew');
  });
});

describe('the events that a question was about', () => {
  it('are layers by their names, each with its filter', () => {
    expect(askedEvents('attacks')).to.deep.equal([{ layer: 'attacks', filter: null }]);
    expect(askedEvents([{ collection: 'attacks', filter: 'killed > 5' }, 'attacks_modelled'])).to.deep.equal([
      { layer: 'attacks', filter: 'killed > 5' },
      { layer: 'attacks_modelled', filter: null },
    ]);
    expect(askedEvents(undefined)).to.deep.equal([]);
  });
});

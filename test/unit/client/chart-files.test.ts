import { expect } from 'chai';
import { describe, it } from 'mocha';
import { SaxesParser } from 'saxes';
import { STRIP_COLUMNS, stripRows } from '../../../client/ask/strip-rows.ts';
import { clockRows, clockSvg } from '../../../client/charts/clock-svg.ts';
import { toNumber } from '../../../client/clock/calendar.ts';
import { cited } from '../../../client/export/cited.ts';
import { readJob } from '../../../client/print/job.ts';

const FOUND = {
  unit: 'year' as const,
  edges: ['2020-01-01', '2021-01-01', '2022-01-01'].map(toNumber),
  documented: [4, 0],
  modelled: [2, 8],
  inForce: [0, 3],
  ...{ undated: 0, imprecise: 0 },
};
const WORDS = { title: 'A < B & "C"', recorded: 'Recorded', modelled: 'Modelled', inForce: 'In force', number: String };
const COLORS = {
  ...{ paper: 'white', ink: 'black', quiet: 'grey', rule: 'silver', accent: 'teal' },
  ...{ warn: 'maroon', good: 'green', soft: 'beige', focus: 'orange' },
};

describe('the clock as a drawing', () => {
  const svg = clockSvg(FOUND, { from: '2021-01-01', to: '2021-12-31' }, WORDS, 452, COLORS);

  it('is sound XML that needs no style sheet', () => {
    const names: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => names.push(...[name, ...Object.keys(attributes)]));
    parser.write(svg).close();
    expect(names).to.include.members(['svg', 'rect', 'path', 'text']);
    expect(names).not.to.include.members(['class']).and.not.to.include.members(['style']);
    expect(svg).to.include('A &lt; B &amp; &quot;C&quot;');
  });

  it('draws what is modelled above what is recorded, by their numbers', () => {
    const boxes = [...svg.matchAll(/<rect x="([\d.]+)" width="([\d.]+)" y="([\d.]+)" height="([\d.]+)"/g)].map(
      (found) => found.slice(1).map(Number),
    );
    // The tallest, 8, is 120 pixels tall and stands on 150.
    expect(boxes.map(([, , y, height]) => [y, height])).to.deep.equal([
      [90, 60],
      [60, 30],
      [30, 120],
    ]);
    // The first year is a leap year.
    expect(boxes.map(([x]) => x)).to.deep.equal([40, 40, 240.27]);
  });

  it('has the same as rows', () => {
    expect(clockRows(FOUND)).to.deep.equal([
      ['2020-01-01', '2021-01-01', 4, 2, 0],
      ['2021-01-01', '2022-01-01', 0, 8, 3],
    ]);
  });
});

describe('a strip as rows', () => {
  it('has its bins, its stretches and its marks, each with what it has', () => {
    const rows = stripRows({
      bins: [{ fromKm: 0, toKm: 10, events: 3, kinds: {}, rate: [1, 0.5, 2] }],
      stretches: [{ fromKm: 0, toKm: 4, actors: ['A', 'B'], state: 'held' }],
      marks: [{ km: 7, kind: 'river', name: 'Niger', collection: 'rivers', item: 2 }],
    });
    expect(rows.map((row) => Object.fromEntries(STRIP_COLUMNS.map((name, at) => [name, row[at]])))).to.deep.equal(
      [
        { what: 'events', from_km: 0, to_km: 10, events: 3, per_100_km_and_month: 1, lower: 0.5, upper: 2 },
        { what: 'held', from_km: 0, to_km: 4, name: 'A; B' },
        { what: 'river', from_km: 7, to_km: 7, name: 'Niger', collection: 'rivers', item: 2 },
      ].map((row) => ({ ...Object.fromEntries(STRIP_COLUMNS.map((name) => [name, undefined])), ...row })),
    );
  });
});

describe('sources by numbers', () => {
  it('names a work once, and cites it by its place', () => {
    const layer = (id: string, works: readonly string[]) => ({
      ...{ id, title: id, nature: null, isModelled: false, isScenery: false, counted: null, legend: [], filter: null },
      ...{ works, terms: 'free' },
    });
    const { works, layers } = cited([layer('a', ['One', 'Two']), layer('b', ['Two', 'Three'])]);
    expect(works).to.deep.equal(['One', 'Two', 'Three']);
    expect(layers.map(({ text }) => text)).to.deep.equal(['1, 2; free', '2, 3; free']);
  });
});

describe('what is to be printed', () => {
  it('is read from the address', () => {
    expect(readJob('#brief=b&version=2&paper=a3&orientation=portrait&lang=fr&holder=')).to.deep.equal({
      of: { type: 'brief', id: 'b', version: 2 },
      ...{ paper: 'a3', orientation: 'portrait', language: 'fr', title: '', note: '', isHolder: true },
    });
    expect(readJob('#view=v&title=+A+&note=B')).to.deep.include({
      of: { type: 'view', id: 'v' },
      title: 'A',
      note: 'B',
    });
  });

  it('is the page as it is where nothing is stored, and never what cannot be understood', () => {
    const job = readJob('#map=5/1/2&paper=letter&lang=de&version=x');
    expect(job.of).to.deep.equal({ type: 'address', address: '#map=5/1/2&paper=letter&lang=de&version=x' });
    expect([job.paper, job.orientation, job.language]).to.deep.equal(['a4', 'landscape', null]);
  });
});

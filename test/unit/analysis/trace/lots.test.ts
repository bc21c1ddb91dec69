import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { daysInWords, spanInWords } from '../../../../server/analysis/trace/days.ts';
import { daysBetween, isOrderKnown, type LotRecord, toLots } from '../../../../server/analysis/trace/lots.ts';

let item = 0;
const record = (event: string, first: string | null, last: string | null = first, other: Partial<LotRecord> = {}) => {
  item += 1;
  const said = { lot: 'a', record: `r${item}`, collection: 'materiel', item, what: null, site: null, remark: null };
  return { ...said, event, first, last, lon: 0, lat: 0, within_m: 0, source: 's', locator: 'l', ...other } as LotRecord;
};
const oneLot = (...records: LotRecord[]) => {
  const [lot, ...others] = toLots(records);
  expect(others).to.deep.equal([]);
  if (!lot) throw new Error('no lot');
  return lot;
};
const span = (first: string, last = first) => ({ first, last });

describe('the records of a lot', () => {
  it('are a path from the diversion through the finds in the order of their days', () => {
    const later = record('seizure', '2021-01-01', '2021-12-31');
    const diversion = record('diversion', '2016-08-01', '2016-08-31');
    const first = record('recovery', '2016-09-14');
    const second = record('recovery', '2016-09-15', '2020-12-31');
    expect(oneLot(later, second, first, diversion).path).to.deep.equal([diversion, first, second, later]);
  });

  it('begin with the diversion even if a find may have been before it, and not if it must have been', () => {
    const diversion = record('diversion', '2016-08-01', '2016-08-31');
    const perhaps = record('recovery', '2014-01-01', '2016-08-01');
    const never = record('recovery', '2016-07-01', '2016-07-31');
    const lot = oneLot(perhaps, never, diversion);
    expect(lot.path).to.deep.equal([diversion, perhaps]);
    expect(lot.tooEarly).to.deep.equal([never]);
  });

  it('have further diversions and undated records outside of the path', () => {
    const [second, first] = [record('diversion', '2013-01-01'), record('diversion', '2012-01-01')];
    const [undated, half] = [record('recovery', null), record('recovery', '2012-01-01', null)];
    const find = record('recovery', '2014-01-01');
    const lot = oneLot(second, undated, first, half, find);
    expect(lot.path).to.deep.equal([first, find]);
    expect(lot.diversions).to.deep.equal([first, second]);
    expect(lot.undated).to.deep.equal([undated, half]);
  });

  it('have a path without a diversion too', () => {
    const [b, a] = [record('recovery', '2015-01-01'), record('recovery', '2014-01-01')];
    expect(oneLot(b, a).path).to.deep.equal([a, b]);
  });

  it('are put together by lot, whichever collection they stand in, and come out in one order', () => {
    const day = fc.integer({ min: 0, max: 3 }).map((number) => `2016-01-0${number + 1}`);
    const any = fc.record({
      event: fc.constantFrom('diversion', 'recovery', 'seizure'),
      lot: fc.constantFrom('a', 'b', 'A', 'é'),
      collection: fc.constantFrom('one', 'two'),
      first: day,
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { maxLength: 12, selector: JSON.stringify }), fc.integer(), (given, turn) => {
        const records = given.map((each, index) =>
          record(each.event, each.first, each.first, { ...each, item: index }),
        );
        const at = given.length === 0 ? 0 : Math.abs(turn) % given.length;
        const turned = [...records.slice(at), ...records.slice(0, at)];
        // Same days and collection: the id of the record decides, as it was given out.
        expect(toLots(turned)).to.deep.equal(toLots(records));
        const lots = toLots(records);
        expect(lots.map(({ lot }) => lot)).to.deep.equal([...new Set(given.map(({ lot }) => lot))].sort());
        for (const { path, diversions, tooEarly, undated, lot } of lots) {
          const all = new Set([...path, ...diversions, ...tooEarly, ...undated]);
          expect(all.size).to.equal(records.filter((each) => each.lot === lot).length);
        }
      }),
    );
  });
});

describe('days that are known as months or years', () => {
  it('are between bounds, both ends included', () => {
    const august = span('2016-08-01', '2016-08-31');
    expect(daysBetween(august, span('2016-09-14'))).to.deep.equal({ min: 14, max: 44 });
    expect(daysBetween(august, span('2021-01-01', '2021-12-31'))).to.deep.equal({ min: 1584, max: 1978 });
    expect(daysBetween(span('2016-02-28'), span('2016-03-01'))).to.deep.equal({ min: 2, max: 2 });
    expect(daysBetween(august, august)).to.deep.equal({ min: -30, max: 30 });
  });

  it('tell the order only where they do not overlap; a diversion is before a find', () => {
    const [a, b] = [record('recovery', '2016-01-01', '2016-02-01'), record('recovery', '2016-02-01', '2016-03-01')];
    const [c, d] = [record('recovery', '2016-02-02'), record('diversion', '2016-01-15')];
    type Known = Parameters<typeof isOrderKnown>[0];
    expect(isOrderKnown(a as Known, b as Known)).to.equal(false);
    expect(isOrderKnown(a as Known, c as Known)).to.equal(true);
    expect(isOrderKnown(d as Known, a as Known)).to.equal(true);
    expect(isOrderKnown(d as Known, d as Known)).to.equal(false);
  });

  it('are said as what they are', () => {
    const said = (lang: 'en' | 'fr', first: string, last = first) => spanInWords(lang, first, last);
    expect(said('en', '2016-09-14')).to.equal('14 September 2016');
    expect(said('en', '2016-08-01', '2016-08-31')).to.equal('August 2016');
    expect(said('fr', '2016-02-01', '2016-02-29')).to.equal('février 2016');
    expect(said('en', '2021-01-01', '2021-12-31')).to.equal('2021');
    expect(said('en', '2016-02-01', '2016-02-28')).to.equal('between 1 February 2016 and 28 February 2016');
    expect(said('fr', '2014-01-01', '2022-12-31')).to.equal('entre le 1er janvier 2014 et le 31 décembre 2022');
    expect(daysInWords('en', 14, 44)).to.equal('14 to 44 days');
    expect(daysInWords('en', 1, 1)).to.equal('1 day');
    expect(daysInWords('en', -5, 0)).to.equal('0 days');
    expect(daysInWords('fr', 0, 1)).to.equal('0 à 1 jour');
    expect(daysInWords('fr', 1584, 1978)).to.equal('1\u202f584 à 1\u202f978 jours');
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { count, inWords } from '../../../server/analysis/words.ts';

/** What stands between digits and signs in French does not break at the end of a line. */
const FINE = '\u202f';
const FIRM = '\u00a0';

describe('numbers in sentences', () => {
  it('are written as each language has them', () => {
    expect(inWords('en').number(1_234_567.891, 1)).to.equal('1,234,567.9');
    expect(inWords('fr').number(1_234_567.891, 1)).to.equal(`1${FINE}234${FINE}567,9`);
    expect(inWords('en').percent(0.1234, 1)).to.equal('12.3 %');
    expect([-0.04, -1.08].map((value) => inWords('en').number(value, 1))).to.deep.equal(['0', '\u22121.1']);
    expect(inWords('fr').percent(-0.1234)).to.equal(`\u221212${FIRM}%`);
    expect(inWords('fr').percent(0.1234, 1)).to.equal(`12,3${FIRM}%`);
  });

  it('have distances in metres below one kilometre, and decimals only where they tell', () => {
    expect(inWords('en').distance(0)).to.equal('0 m');
    expect(inWords('en').distance(999)).to.equal('999 m');
    expect(inWords('en').distance(1_000)).to.equal('1 km');
    expect(inWords('en').distance(1_540)).to.equal('1.5 km');
    expect(inWords('en').distance(153_900)).to.equal('154 km');
    expect(inWords('fr').distance(1_540)).to.equal(`1,5${FIRM}km`);
  });

  it('never call a kilometre 1,000 m', () => {
    expect(inWords('en').distance(999.7)).to.equal('1 km');
    expect(inWords('en').distance(9_960)).to.equal('10 km');
  });

  it('have two digits that say something of a small rate, and few decimals of a large one', () => {
    const { rate } = inWords('en');
    expect([0, 0.000_000_012_3, 0.004_21, 0.0999, 0.1, 1.234, 12.34, 2086.4].map(rate)).to.deep.equal([
      ...['0', '0.000000012', '0.0042', '0.1', '0.1', '1.23', '12.34', '2,086'],
    ]);
    expect(inWords('fr').rate(0.004_21)).to.equal('0,0042');
  });

  it('have days in UTC, and lists with their conjunction', () => {
    expect(inWords('en').day('2016-09-14')).to.equal('14 September 2016');
    expect(inWords('fr').day('2016-09-14T23:59:59Z')).to.equal('14 septembre 2016');
    expect(inWords('fr').day('2016-10-01')).to.equal('1er octobre 2016');
    expect(inWords('fr').day('2016-10-21')).to.equal('21 octobre 2016');
    expect(inWords('en').list(['a', 'b', 'c'])).to.equal('a, b and c');
    expect(inWords('fr').list(['a', 'b', 'c'])).to.equal('a, b et c');
    expect(inWords('fr').list([])).to.equal('');
  });

  it('are singular for one, and in French for none', () => {
    const events = (lang: 'en' | 'fr', value: number) =>
      count(lang, value, lang === 'en' ? 'event' : 'événement', lang === 'en' ? 'events' : 'événements');
    expect([0, 1, 2].map((value) => events('en', value))).to.deep.equal(['0 events', '1 event', '2 events']);
    expect([0, 1, 2].map((value) => events('fr', value))).to.deep.equal(['0 événement', '1 événement', '2 événements']);
    expect(events('en', 2_327)).to.equal('2,327 events');
  });
});

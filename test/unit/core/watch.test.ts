import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type FigureChange, WatchSchema } from '../../../server/core/watch.ts';
import { figuresOf, figuresThatDiffer } from '../../../server/core/watch-figures.ts';
import { changeSummary, figureLabel, figureSentence, isApart } from '../../../server/core/watch-words.ts';

const NUMBERS = {
  steps: [{ from: '2020-01-01', to: '2020-02-01', is_whole: true }],
  confidence: 95,
  total: [{ collection: 'attacks', records: 12, by_kind: { ied: 4, other: 8 }, series: [1, 2, 3] }],
  units: [
    { unit: 'ML05', name: 'Mopti', values: [{ collection: 'attacks', rate: 2, rate_lower: 1, rate_upper: 4 }] },
    { unit: 'ML06', values: [{ collection: 'attacks', lon: 1, lat: 2, rate: 0.5, rate_lower: 0.1 }] },
  ],
};
const UNITS = {
  confidence: '%',
  'total[].records': '1',
  'total[].by_kind.*': '1',
  'total[].series[]': '1',
  'units[].values[].rate': '1/1000 km2/month',
};

describe('the figures of an answer', () => {
  it('have a place by what entries of lists are told apart by, their unit and the answer’s own interval', () => {
    const rate = { unit: '1/1000 km2/month' };
    expect(figuresOf(NUMBERS, UNITS)).to.deep.equal([
      { place: 'confidence', value: 95, unit: '%' },
      { place: 'total[attacks].records', value: 12, unit: '1' },
      { place: 'total[attacks].by_kind.ied', value: 4, unit: '1' },
      { place: 'total[attacks].by_kind.other', value: 8, unit: '1' },
      { ...rate, place: 'units[ML05].values[attacks].rate', value: 2, interval: [1, 4], name: 'Mopti' },
      // One end alone is no interval.
      { ...rate, place: 'units[ML06].values[attacks].rate', value: 0.5 },
    ]);
  });

  it('are at most 4,000, of the largest answers', () => {
    const units = Array.from({ length: 9_000 }, (_, unit) => ({ unit, value: unit }));
    expect(figuresOf({ units }, {})).to.have.length(4_000);
  });

  const numbers = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,6}$/),
    fc.oneof(
      fc.integer(),
      fc.array(fc.record({ collection: fc.string(), records: fc.nat() }), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.double({ noNaN: true, noDefaultInfinity: true })),
    ),
  );

  it('differ from none of their own, and from others the same way there and back', () => {
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const [before, after] = [figuresOf(first, {}), figuresOf(second, {})];
        expect(figuresThatDiffer(before, before)).to.deep.equal([]);
        const there = figuresThatDiffer(before, after).map(({ place }) => place);
        const back = figuresThatDiffer(after, before).map(({ place }) => place);
        expect(there.toSorted()).to.deep.equal(back.toSorted());
        expect(new Set(there).size).to.equal(there.length);
      }),
    );
  });

  it('are told counts first, those higher up before those below', () => {
    const figure = (place: string, value: number, unit = '1') => ({ place, value, unit });
    const before = [figure('rate', 1.5, 'km'), figure('units[a].count', 3), figure('count', 3), figure('same', 3)];
    const after = [figure('rate', 2.5, 'km'), figure('units[a].count', 4), figure('count', 4), figure('same', 3)];
    expect(figuresThatDiffer(before, [...after, figure('share', 0.5)]).map(({ place }) => place)).to.deep.equal([
      ...['count', 'units[a].count', 'rate', 'share'],
    ]);
  });
});

describe('the words of a digest', () => {
  const titles: Record<string, { en: string; fr: string }> = {
    attacks: { en: 'Attacks', fr: 'Attaques' },
    killed: { en: 'Killed', fr: 'Tués' },
  };
  const labelOf = (place: string, name?: string) => figureLabel(place, (id) => titles[id], name);

  it('name figures by what they are of', () => {
    expect(labelOf('total[attacks].records')).to.deep.equal({ en: 'Attacks, records', fr: 'Attaques, fiches' });
    expect(labelOf('units[ML05].values[attacks].rate', 'Mopti')).to.deep.equal({
      ...{ en: 'Mopti, Attacks, rate', fr: 'Mopti, Attaques, taux' },
    });
    expect(labelOf('units[835980fffffffff].values[attacks].sums.killed').fr).to.equal(
      'Hexagone 835980, Attaques, sommes, Tués',
    );
    expect(labelOf('some_thing.else').en).to.equal('Some thing, else');
  });

  const change = (before: [number, number], after: [number, number]): FigureChange => ({
    ...{ place: 'rate', label: { en: 'Rate', fr: 'Taux' }, unit: '1/1000 km2/month' },
    ...{ before: before[0], after: 1234.5678, intervals: { before, after } },
  });

  it('say whether the intervals of an answer have something in common', () => {
    expect([isApart(change([1, 2], [3, 4])), isApart(change([3, 4], [1, 2]))]).to.deep.equal([true, true]);
    expect([isApart(change([1, 3], [3, 4])), isApart(change([2, 3], [1, 9]))]).to.deep.equal([false, false]);
    expect(figureSentence(change([1, 2], [3, 4]), 'en')).to.equal(
      'Rate: 1\u00a0per 1,000 km² and month → 1,235\u00a0per 1,000 km² and month (intervals 1–2 → 3–4, apart)',
    );
    expect(figureSentence(change([1, 3], [3, 4]), 'fr')).to.match(
      /^Taux\u00a0: 1\u00a0par 1\u202f000 km² et par mois → 1\u202f235\u00a0par .* \(intervalles 1–3 → 3–4, qui se recoupent\)$/,
    );
  });

  it('say what became of records, and why nothing can be said of some', () => {
    const records = {
      ...{ collection: 'attacks', title: titles.attacks as { en: string; fr: string }, from: 1, to: 2 },
      counts: { added: 1_200, removed: 0, changed: 1 },
      items: { added: [], removed: [], changed: [] },
    };
    expect(changeSummary([records], [])).to.deep.equal({
      en: 'Attacks: 1,200 new, 1 changed. The records differ; the numbers are the same.',
      fr: 'Attaques\u00a0: 1\u202f200 fiches nouvelles, 1 fiche modifiée. Les fiches diffèrent\u00a0; les nombres sont les mêmes.',
    });
    const counts = { added: 0, removed: 0, changed: 0 };
    expect(changeSummary([{ ...records, counts, note: 'no-longer-kept' }], []).en).to.match(
      /^Attacks: the version before is no longer kept, its records cannot be compared\./,
    );
  });
});

describe('a question that is to be watched', () => {
  it('is asked of the versions in service: those of its receipt are left out', () => {
    const given = { title: ' T ', process: 'corridor', inputs: { within_km: 5, generations: { attacks: 7 } } };
    expect(WatchSchema.parse(given)).to.deep.equal({
      ...{ title: 'T', process: 'corridor', inputs: { within_km: 5 }, address: '' },
      ...{ language: 'en', handling: 'public', brief: 'none' },
    });
  });

  it('is refused with what would never change, or is no question', () => {
    const isTaken = (changes: object) =>
      WatchSchema.safeParse({ title: 'T', process: 'corridor', inputs: {}, ...changes }).success;
    expect(isTaken({})).to.equal(true);
    for (const wrong of [
      ...[{ inputs: { known_at: '2026-01-01' } }, { inputs: { keep: true } }, { inputs: [] }, { title: '\0' }],
      ...[{ title: '' }, { process: '../x' }, { address: 'http://elsewhere' }, { brief: 'daily' }, { more: 1 }],
    ]) {
      expect(isTaken(wrong), JSON.stringify(wrong)).to.equal(false);
    }
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { certaintyOf } from '../../../server/analysis/timeline/certainty.ts';
import { toDay, toInstant } from '../../../server/analysis/timeline/day.ts';
import { sharesOf } from '../../../server/analysis/timeline/shares.ts';
import { type Held, toHeld, toSpans } from '../../../server/analysis/timeline/spans.ts';

const time = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 30 }), weight: 5 },
  { arbitrary: fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), weight: 1 },
);
const claim = fc.record({ from: time, to: time }, { noNullPrototype: true }).filter(({ from, to }) => from < to);

describe('who held a place when: spans', () => {
  it('cover the window without holes, and have just the claims that hold at each instant', () => {
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 8 }), claim, (claims, window) => {
        const spans = toSpans<Held>(claims, window);
        expect(spans[0]?.from).to.equal(window.from);
        expect(spans.at(-1)?.to).to.equal(window.to);
        for (const [index, { from, to }] of spans.entries()) {
          expect(from).to.be.lessThan(to);
          if (index > 0) expect(from).to.equal(spans[index - 1]?.to);
        }
        for (let instant = -1; instant <= 31; instant += 0.5) {
          const expected = claims.filter(({ from, to }) => from <= instant && instant < to);
          const span = spans.find(({ from, to }) => from <= instant && instant < to);
          if (instant >= window.from && instant < window.to) expect(span?.claims).to.deep.equal(expected);
          else expect(span).to.equal(undefined);
        }
      }),
    );
  });

  it('differ from their neighbours, or one of them would be idle', () => {
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 8 }), (claims) => {
        const spans = toSpans<Held>(claims, { from: -5, to: 40 });
        for (const [index, span] of spans.slice(1).entries()) {
          expect(span.claims).not.to.deep.equal(spans[index]?.claims);
        }
      }),
      // Two claims of the very same time count as two.
      { examples: [[[{ from: 1, to: 2 }]]] },
    );
  });

  it('are none where the window is none', () => {
    expect(toSpans([{ from: 1, to: 2 }], { from: 5, to: 5 })).to.deep.equal([]);
    const none = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
    expect(toSpans([], none)).to.deep.equal([]);
  });

  it('read and write instants as UTC, half-open', () => {
    const held = toHeld('2012-04-06T00:00:00.000Z', null);
    expect(held).to.deep.equal({ from: Date.UTC(2012, 3, 6), to: Number.POSITIVE_INFINITY });
    expect(toDay(held.from)).to.equal('2012-04-06');
    expect(toDay(held.from + 1)).to.equal('2012-04-06T00:00:00.001Z');
    expect(toDay(held.to)).to.equal(undefined);
    expect(toInstant('2012-04-06')).to.equal('2012-04-06T00:00:00.000Z');
  });
});

describe('who held a place when: certainty', () => {
  const at = (outline_away_m: number, is_inside = true) => ({ is_inside, outline_away_m, outline_m: 15_000 });

  it('says uncertain where the disc of the place reaches the outline, from either side, and on the outline itself', () => {
    expect(certaintyOf(at(20_001), 5_000)).to.equal('inside');
    expect(certaintyOf(at(20_000), 5_000)).to.equal('as_drawn');
    expect(certaintyOf(at(5_001), 5_000)).to.equal('as_drawn');
    expect(certaintyOf(at(5_000), 5_000)).to.equal('uncertain');
    expect(certaintyOf(at(0), 0)).to.equal('uncertain');
    expect(certaintyOf(at(4_000, false), 5_000)).to.equal('uncertain');
  });
});

describe('who held an area when: shares', () => {
  const keys = ['0:1', '0:2', '0:3', '1:1'];
  const pieces = fc.array(
    fc.record({
      keys: fc.subarray(keys),
      area_m2: fc.double({ min: 1, max: 1e11, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const claims = fc.subarray(
    [
      { key: '0:1', actor: 'A' },
      { key: '0:2', actor: 'A' },
      { key: '0:3', actor: 'B' },
      { key: '1:1', actor: null },
    ].map((each) => each as { key: string; actor: string | null }),
  );

  it('add up to 1 as they stand, and each actor has the area of its pieces', () => {
    fc.assert(
      fc.property(pieces, claims, (ground, present) => {
        const shares = sharesOf(ground, present);
        const sum = shares.reduce((total, { share }) => total + share, 0);
        expect(sum).to.be.closeTo(1, 1e-12);
        const total = ground.reduce((area, { area_m2 }) => area + area_m2, 0);
        for (const actor of ['A', 'B', null]) {
          const mine = present.filter((each) => each.actor === actor).map(({ key }) => key);
          const area = ground.filter((piece) => piece.keys.some((key) => mine.includes(key)));
          const expected = area.reduce((sumOf, { area_m2 }) => sumOf + area_m2, 0) / total;
          const told = shares.filter(({ actors }) => actors.includes(actor)).reduce((s, { share }) => s + share, 0);
          expect(told).to.be.closeTo(expected, 1e-5);
        }
      }),
    );
  });

  it('put the largest first, and name those together who are', () => {
    const ground = [
      { keys: [], area_m2: 10 },
      { keys: ['0:1', '0:2'], area_m2: 30 },
      { keys: ['0:1', '0:3'], area_m2: 60 },
    ];
    const present = [
      { key: '0:1', actor: 'A' },
      { key: '0:2', actor: 'A' },
      { key: '0:3', actor: 'B' },
    ];
    expect(sharesOf(ground, present)).to.deep.equal([
      { actors: ['A', 'B'], share: 0.6 },
      { actors: ['A'], share: 0.3 },
      { actors: [], share: 0.1 },
    ]);
    expect(sharesOf(ground, present.slice(2))).to.deep.equal([
      { actors: ['B'], share: 0.6 },
      { actors: [], share: 0.4 },
    ]);
  });
});

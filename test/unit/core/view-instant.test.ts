import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseKnownAt } from '../../../server/core/interval.ts';
import { recordedBefore, versionBefore } from '../../../server/core/versions.ts';
import { instantTogether } from '../../../server/core/view-instant.ts';

const START = Date.UTC(2026, 10, 22, 6);
const iso = (ms: number) => new Date(START + ms).toISOString();

/** Publications of a layer: milliseconds from `START`, each generation later than the one before. */
const history = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }).map((times) =>
  times
    .toSorted((a, b) => a - b)
    .map((time, index, all) => ({
      generation: index + 1,
      from: iso(time),
      until: all[index + 1] === undefined ? null : iso(all[index + 1] as number),
    })),
);
type Version = { readonly generation: number; readonly from: string; readonly until: string | null };

/** The generation that `known_at` finds. */
function foundBy(knownAt: string, versions: readonly Version[]): number {
  const served = { id: 'a', generation: versions.length };
  const all = versions.map(({ generation, from }) => ({
    ...{ generation, publishedAt: from },
    layer: () => ({ id: 'a', generation }),
  }));
  return versionBefore(served, all, parseKnownAt(knownAt)).generation;
}

describe('the instant of a view', () => {
  it('is one at which known_at finds the versions that were shown, wherever there is one', () => {
    const shown = fc.array(
      history.chain((versions) => fc.tuple(fc.constant(versions), fc.constantFrom(...versions))),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(shown, fc.integer({ min: 0, max: 50 }), (layers, wanted) => {
        const areFound = (at: string) =>
          layers.every(([versions, { generation, from }]) => at >= from && foundBy(at, versions) === generation);
        const instant = instantTogether(
          layers.map(([, version]) => version),
          iso(wanted),
        );
        const possible = Array.from({ length: 60 }, (_, ms) => iso(ms)).filter(areFound);
        if (instant === null) expect(possible).to.deep.equal([]);
        else {
          expect(possible).to.include(instant);
          const distance = (at: string) => Math.abs(Date.parse(at) - START - wanted);
          expect(distance(instant)).to.equal(Math.min(...possible.map(distance)));
        }
      }),
    );
  });

  it('is any where nothing is shown', () => {
    expect(instantTogether([], iso(5))).to.equal(iso(5));
  });
});

describe('what was recorded before an instant', () => {
  it('is asked for only before the first version: what was served was known', () => {
    const layer = { firstPublishedAt: iso(10) };
    expect(recordedBefore(layer, undefined)).to.equal(undefined);
    expect(recordedBefore(layer, iso(11))).to.equal(undefined);
    expect(recordedBefore(layer, iso(10))).to.equal(iso(10));
    expect(recordedBefore({}, iso(11))).to.equal(iso(11));
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { changesOf } from '../../../../server/analysis/corridor/changes.ts';
import type { Claim } from '../../../../server/analysis/corridor/claim.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const claim = (item: number, actor: string, km: readonly [number, number], begins: number, ends: number): Claim => ({
  ...{ line: 0, collection: 'control', item, actor, control: 'holds', begins, ends },
  ...{ from_m: km[0] * 1_000, to_m: km[1] * 1_000 },
});
const WINDOW = { from: '2022-01-01T00:00:00.000Z', to: '2023-01-01T00:00:00.000Z', months: 12 };
const ALWAYS = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const told = (claims: readonly Claim[]) =>
  changesOf(claims, WINDOW, 100_000).map(
    ({ at, fromKm, toKm, before, after }) =>
      `${at.slice(0, 10)} ${fromKm}-${toKm} ${before.state} ${before.actors} > ${after.state} ${after.actors}`,
  );

describe('changes of control along a line', () => {
  it('are told by time and along the line, each stretch once', () => {
    const claims = [
      claim(1, 'A', [0, 50], ALWAYS[0], day('2022-03-01')),
      claim(2, 'B', [20, 100], day('2022-03-01'), day('2022-06-01')),
      // Two records of one actor, side by side, are one stretch.
      claim(3, 'C', [0, 30], day('2022-06-01'), ALWAYS[1]),
      claim(4, 'C', [30, 60], day('2022-06-01'), ALWAYS[1]),
    ];
    expect(told(claims)).to.deep.equal([
      '2022-03-01 0-20 held A > not recorded ',
      '2022-03-01 20-50 held A > held B',
      '2022-03-01 50-100 not recorded  > held B',
      '2022-06-01 0-20 not recorded  > held C',
      '2022-06-01 20-60 held B > held C',
      '2022-06-01 60-100 held B > not recorded ',
    ]);
  });

  it('are those within the window, and not of records that only follow each other', () => {
    const next = [
      claim(1, 'A', [0, 100], ALWAYS[0], day('2022-03-01')),
      claim(2, 'A', [0, 100], day('2022-03-01'), day('2023-01-01')),
      claim(3, 'B', [0, 100], day('2023-01-01'), ALWAYS[1]),
    ];
    expect(told(next)).to.deep.equal([]);
  });
});

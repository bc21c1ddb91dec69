import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { changesOf } from '../../../../server/analysis/corridor/changes.ts';
import type { Claim } from '../../../../server/analysis/corridor/claim.ts';
import { InvalidParameter } from '../../../../server/core/errors.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const claim = (item: number, actor: string, km: readonly [number, number], begins: number, ends: number): Claim => ({
  ...{ line: 0, collection: 'control', item, actor, control: 'holds', begins, ends },
  ...{ from_m: km[0] * 1_000, to_m: km[1] * 1_000 },
});
const WINDOW = { from: '2022-01-01T00:00:00.000Z', to: '2023-01-01T00:00:00.000Z', months: 12 };
const ALWAYS = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const told = async (claims: readonly Claim[]) =>
  (await changesOf(claims, WINDOW, 100_000)).map(
    ({ at, fromKm, toKm, before, after }) =>
      `${at.slice(0, 10)} ${fromKm}-${toKm} ${before.state} ${before.actors} > ${after.state} ${after.actors}`,
  );

describe('changes of control along a line', () => {
  it('are told by time and along the line, each stretch once', async () => {
    const claims = [
      claim(1, 'A', [0, 50], ALWAYS[0], day('2022-03-01')),
      claim(2, 'B', [20, 100], day('2022-03-01'), day('2022-06-01')),
      // Two records of one actor, side by side, are one stretch.
      claim(3, 'C', [0, 30], day('2022-06-01'), ALWAYS[1]),
      claim(4, 'C', [30, 60], day('2022-06-01'), ALWAYS[1]),
    ];
    expect(await told(claims)).to.deep.equal([
      '2022-03-01 0-20 held A > not recorded ',
      '2022-03-01 20-50 held A > held B',
      '2022-03-01 50-100 not recorded  > held B',
      '2022-06-01 0-20 not recorded  > held C',
      '2022-06-01 20-60 held B > held C',
      '2022-06-01 60-100 held B > not recorded ',
    ]);
  });

  it('are those within the window, and not of records that only follow each other', async () => {
    const next = [
      claim(1, 'A', [0, 100], ALWAYS[0], day('2022-03-01')),
      claim(2, 'A', [0, 100], day('2022-03-01'), day('2023-01-01')),
      claim(3, 'B', [0, 100], day('2023-01-01'), ALWAYS[1]),
    ];
    expect(await told(next)).to.deep.equal([]);
  });

  it('are those that looking at every pair of ends finds', async () => {
    const instants = fc.integer({ min: 0, max: 6 }).map((month) => Date.UTC(2022, 2 * month - 2, 1));
    const one = fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.nat(10), fc.nat(10), instants, instants);
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 8 }), async (given) => {
        const claims = given.map(([actor, from, to, begins, ends], nth) =>
          claim(nth, actor, [10 * Math.min(from, to), 10 * Math.max(from, to)], begins, ends),
        );
        const changes = await changesOf(claims, WINDOW, 100_000);
        const holds = (km: number, at: number) =>
          [
            ...new Set(
              claims
                .filter(
                  ({ from_m, to_m, begins, ends }) => from_m < km * 1e3 && km * 1e3 < to_m && begins <= at && at < ends,
                )
                .map(({ actor }) => actor as string),
            ),
          ].sort();
        for (const at of new Set(given.flatMap(([, , , begins, ends]) => [begins, ends]))) {
          if (at <= Date.parse(WINDOW.from) || at >= Date.parse(WINDOW.to)) continue;
          for (let km = 5; km < 100; km += 10) {
            const of = changes.filter((each) => Date.parse(each.at) === at && each.fromKm < km && km < each.toKm);
            const [before, after] = [holds(km, at - 1), holds(km, at)];
            expect(of.map((each) => [each.before.actors, each.after.actors])).to.deep.equal(
              before.join() === after.join() ? [] : [[before, after]],
            );
          }
        }
      }),
    );
  });

  it('let others have their turn while there are many, and are refused when there are too many', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, nth) => {
        const begins = day('2022-02-01') + nth * 60_000;
        return claim(nth, `A${nth % 7}`, [nth % 50, 60], begins, begins + 3_600_000);
      });
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    await changesOf(many(1_500), WINDOW, 100_000);
    clearInterval(others);
    expect(turns).to.be.above(2);
    const refusal = await changesOf(many(4_000), WINDOW, 100_000).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(InvalidParameter);
    expect((refusal as InvalidParameter).faults[0]?.detail).to.contain('10,000,000');
  });
});

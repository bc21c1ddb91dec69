import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { binOf } from '../../../../server/analysis/corridor/bins.ts';
import { chordsOf } from '../../../../server/analysis/corridor/chords.ts';
import { Course } from '../../../../server/analysis/corridor/course.ts';
import { cover } from '../../../../server/analysis/corridor/cover.ts';
import { toBaseCell } from '../../../../server/core/hex.ts';
import { toPosition } from '../../../../server/stats/geocentric.ts';
import { piecesOf } from '../../../support/corridor.ts';

const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const questions = fc.constantFrom([0, 0], [-4, 15], [179.8, -17], [100, 84] as const).chain(([lon = 0, lat = 0]) =>
  fc.record({
    origin: fc.constant([lon, lat] as const),
    line: fc.array(fc.tuple(degrees(-3, 3), degrees(-2, 2)), { minLength: 2, maxLength: 5 }),
    withinKm: fc.constantFrom(0.5, 5, 25, 120),
    bins: fc.integer({ min: 1, max: 12 }),
    seeds: fc.array(fc.tuple(degrees(0, 1), degrees(-1.3, 1.3)), { minLength: 60, maxLength: 60 }),
  }),
);

describe('the cells along a course', () => {
  it('hold every position once at most, and say of it what measuring says', async () => {
    let [decided, inDoubt] = [0, 0];
    await fc.assert(
      fc.asyncProperty(questions, async ({ origin: [lon0, lat0], line, withinKm, bins: count, seeds }) => {
        const wrap = (lon: number) => ((lon + 540) % 360) - 180;
        const vertices = line.map(([east, north]) => [wrap(lon0 + east), lat0 + north]);
        const pieces = piecesOf(vertices, 5_000);
        const last = pieces.at(-1);
        if (!last) return;
        const lengthM = last.start + last.length;
        const bins = { widthM: lengthM / count, count };
        const course = new Course(pieces);
        const { inside, doubtful } = await cover(course, lengthM, withinKm * 1_000, bins);
        const spans = [...inside, ...doubtful.map((span) => ({ ...span, bin: -1 }))];
        const { surelyBeyond, surelyWithin } = chordsOf(withinKm * 1_000);
        for (const [share, away] of seeds) {
          // Beside the line, up to a little more than the distance from it.
          const nth = Math.floor(share * (vertices.length - 1));
          const [from, to] = [line[nth], line[nth + 1] ?? line[nth]] as [number, number][];
          const rest = share * (vertices.length - 1) - nth;
          const lon = wrap(lon0 + (from?.[0] ?? 0) + rest * ((to?.[0] ?? 0) - (from?.[0] ?? 0)));
          const lat = lat0 + (from?.[1] ?? 0) + rest * ((to?.[1] ?? 0) - (from?.[1] ?? 0)) + (away * withinKm) / 111;
          const cell = BigInt(toBaseCell(lon, lat));
          const holding = spans.filter((span) => BigInt(span.first) <= cell && cell <= BigInt(span.last));
          expect(holding.length).to.be.at.most(1);
          const at = toPosition(lon, lat);
          const nearest = course.nearest(at);
          const [chord, chainage] = [nearest.chord, course.chainageAt(at, nearest)];
          const [span] = holding;
          if (!span) expect(chord).to.be.above(surelyWithin);
          else if (span.bin >= 0) {
            decided++;
            expect(chord).to.be.at.most(surelyBeyond);
            expect(binOf(bins, chainage)).to.equal(span.bin);
          } else inDoubt++;
        }
      }),
      { numRuns: 40 },
    );
    expect(Math.min(decided, inDoubt), 'both kinds').to.be.above(0);
  });

  it('spare the measuring of most positions', async () => {
    const pieces = piecesOf([
      [-4, 15],
      [-1, 16],
    ]);
    const lengthM = pieces.reduce((sum, { length }) => sum + length, 0);
    const bins = { widthM: lengthM / 5, count: 5 };
    const { inside, doubtful } = await cover(new Course(pieces), lengthM, 25_000, bins);
    const cells = (spans: readonly { first: bigint | string; last: bigint | string }[]) =>
      spans.reduce((sum, { first, last }) => sum + Number(BigInt(last) - BigInt(first)) + 1, 0);
    expect(cells(inside)).to.be.above(2 * cells(doubtful));
  });
});

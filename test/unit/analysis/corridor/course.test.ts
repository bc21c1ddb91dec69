import { expect } from 'chai';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, it } from 'mocha';
import { chordsOf } from '../../../../server/analysis/corridor/chords.ts';
import { Course } from '../../../../server/analysis/corridor/course.ts';
import type { Piece } from '../../../../server/analysis/corridor/piece.ts';
import { toPosition } from '../../../../server/stats/geocentric.ts';
import { metresBetween, nearestBySampling, piecesOf, sampled } from '../../../support/corridor.ts';

const position = ([lon, lat]: Position) => toPosition(lon as number, lat as number);
/** Around a place that may lie at the antimeridian or near a pole; degrees wide. */
const places = (lon: number, lat: number, wide: number) =>
  fc
    .tuple(fc.double({ min: -wide, max: wide, noNaN: true }), fc.double({ min: -wide, max: wide, noNaN: true }))
    .map(([east, north]): Position => [((lon + east + 540) % 360) - 180, Math.max(-89, Math.min(89, lat + north))]);
const questions = fc
  .tuple(fc.constantFrom(0, -5, 179.9, -180), fc.constantFrom(0, 15, -60, 85))
  .chain(([lon, lat]) =>
    fc.tuple(fc.array(places(lon, lat, 0.4), { minLength: 2, maxLength: 6 }), places(lon, lat, 0.8)),
  )
  .filter(([line]) => line.some((place) => metresBetween(place, line[0] as Position) > 1));

/** The nearest place, with the chainage of the first of those as near. */
function locate(course: Course, at: ReturnType<typeof toPosition>) {
  const nearest = course.nearest(at);
  return { ...nearest, chainage: course.chainageAt(at, nearest) };
}

describe('the nearest place of a course', () => {
  it('is as far, and as far along, as trying every 200 m finds', () => {
    const stepM = 200;
    fc.assert(
      fc.property(questions, ([line, from]) => {
        const course = new Course(piecesOf(line));
        const { chord, chainage } = locate(course, position(from));
        const slow = nearestBySampling(sampled(line, stepM), from, 0);
        // Between two places that were tried the line is nearer by so much at most.
        const nearer = slow.metres - Math.sqrt(Math.max(0, slow.metres ** 2 - (stepM / 2) ** 2)) + 0.5;
        expect(chord).to.be.within(slow.metres - nearer - slow.metres * 1e-4, slow.metres + 0.5);
        const farther = Math.hypot(slow.metres, stepM / 2) - slow.metres + 1;
        const same = nearestBySampling(sampled(line, stepM), from, farther).chainages;
        expect(same.some((each) => Math.abs(each - chainage) <= stepM)).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is found beside pieces without a length', () => {
    const [from, to] = [position([-179.7, -60.4]), position([-180, -60])];
    const piece: Piece = { from, to, start: 0, length: 1_000 };
    const points = [to, from].map((each, index): Piece => ({ from: each, to: each, start: 1_000 + index, length: 0 }));
    for (const pieces of [[piece, ...points], [...points, piece], points])
      for (const at of [from, to]) expect(new Course(pieces).nearest(at).chord).to.be.below(1e-6);
  });

  it('of a line that crosses itself is the first', () => {
    // A bow: it comes back through its middle.
    const line: Position[] = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    const [diagonal, side] = [metresBetween([0, 0], [1, 1]), metresBetween([1, 1], [1, 0])];
    const course = new Course(piecesOf(line));
    const middle = sampled(
      [
        [0, 0],
        [1, 1],
      ],
      diagonal / 2,
    )[1] as { at: Position };
    const first = locate(course, position(middle.at));
    expect(first.chord).to.be.below(25);
    expect(first.chainage / 1_000).to.be.closeTo(diagonal / 2_000, 0.3);
    const later = locate(course, position([0, 1]));
    expect(later.chainage).to.be.above(diagonal + side);
  });

  it('on a way there and back is on the way there', () => {
    const course = new Course(
      piecesOf([
        [0, 10],
        [1, 10],
        [0, 10],
      ]),
    );
    const { chainage } = locate(course, position([0.25, 10.05]));
    expect(chainage / metresBetween([0, 10], [1, 10])).to.be.closeTo(0.25, 0.001);
  });

  it('stays between two chainages only when everything around does', () => {
    const around = fc.array(places(0, 0, 0.03), { minLength: 5, maxLength: 20 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    let stayed = 0;
    fc.assert(
      fc.property(questions, around, share, share, ([line, middle], offsets, before, behind) => {
        const pieces = piecesOf(line);
        const course = new Course(pieces);
        const at = position(middle);
        const others = offsets.map(([east, north]) =>
          position([
            (middle[0] as number) + (east as number),
            Math.min(89.5, (middle[1] as number) + (north as number)),
          ]),
        );
        const radius = Math.max(...others.map(([x, y, z]) => Math.hypot(x - at[0], y - at[1], z - at[2])));
        const nearest = course.nearest(at);
        const last = pieces.at(-1) as Piece;
        const from = nearest.chainage * before;
        const to = nearest.chainage + (last.start + last.length - nearest.chainage) * behind + 1e-3;
        if (!course.staysBetween(at, nearest, radius, from, to)) return;
        stayed++;
        for (const other of others) expect(locate(course, other).chainage).to.be.within(from, to);
      }),
      { numRuns: 100 },
    );
    expect(stayed).to.be.above(5);
  });
});

describe('straight lines through the earth', () => {
  it('say surely within and surely beyond of what is', () => {
    const away = fc.tuple(
      fc.double({ min: -89, max: 89, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 100, max: 200_000, noNaN: true }),
    );
    fc.assert(
      fc.property(away, ([lat, east, north, limit]) => {
        const [a, b]: Position[] = [
          [179.5, lat],
          [179.5 + east > 180 ? east - 180.5 : 179.5 + east, Math.max(-90, Math.min(90, lat + north))],
        ];
        const [[x, y, z], [u, v, w]] = [position(a as Position), position(b as Position)];
        const chord = Math.hypot(x - u, y - v, z - w);
        const metres = metresBetween(a as Position, b as Position);
        const { surelyWithin, surelyBeyond } = chordsOf(limit);
        if (chord <= surelyWithin) expect(metres).to.be.at.most(limit);
        if (chord > surelyBeyond) expect(metres).to.be.above(limit);
        // And what is left in doubt is little.
        if (Math.abs(metres - limit) > 10 + limit * 1e-4)
          expect(chord <= surelyWithin || chord > surelyBeyond).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

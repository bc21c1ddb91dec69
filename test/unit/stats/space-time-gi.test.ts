import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { getisOrd } from '../../../server/stats/getis-ord.ts';
import type { Neighbours } from '../../../server/stats/neighbours.ts';
import { spaceTimeGi } from '../../../server/stats/space-time-gi.ts';

/** Cells in a row, each with itself and those at its sides. */
function inRow(cells: number, reach = 1): Neighbours {
  const rings = Array.from({ length: cells }, (_, cell) =>
    Array.from({ length: cells }, (_, other) => other).filter((other) => Math.abs(other - cell) <= reach),
  );
  const offsets = Int32Array.from([0, ...rings.map((_, cell) => rings.slice(0, cell + 1).flat().length)]);
  return { offsets, members: Int32Array.from(rings.flat()) };
}

/** Gi* of all cells and steps as of so many places, each with the neighbours that it has in space and time. */
function slow(values: readonly number[], { offsets, members }: Neighbours): Float64Array {
  const cells = offsets.length - 1;
  const rings = values.map((_, place) => {
    const [step, cell] = [Math.floor(place / cells), place % cells];
    const ring = [...members.slice(offsets[cell], offsets[cell + 1])];
    return [step, step - 1].filter((each) => each >= 0).flatMap((each) => ring.map((member) => each * cells + member));
  });
  const places: Neighbours = {
    offsets: Int32Array.from([0, ...rings.map((_, place) => rings.slice(0, place + 1).flat().length)]),
    members: Int32Array.from(rings.flat()),
  };
  const found = getisOrd(Float64Array.from(values), places);
  if ('notDefined' in found) throw new Error(found.notDefined);
  return found.z;
}

const zOf = (values: readonly number[], neighbours: Neighbours): Float64Array => {
  const found = spaceTimeGi(Float64Array.from(values), neighbours);
  if ('notDefined' in found) throw new Error(found.notDefined);
  return found.z;
};

const shape = fc
  .tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 1, max: 5 }))
  .chain(([cells, steps]) =>
    fc.tuple(
      fc.constant(cells),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: cells * steps, maxLength: cells * steps }),
    ),
  )
  .filter(([, values]) => new Set(values).size > 1);

describe('spaceTimeGi', () => {
  it('is Gi* of cells and steps with these neighbours, on random data', () => {
    fc.assert(
      fc.property(shape, ([cells, values]) => {
        const [found, expected] = [zOf(values, inRow(cells)), slow(values, inRow(cells))];
        for (const [place, z] of found.entries()) expect(z).to.be.closeTo(expected[place] as number, 1e-9);
      }),
    );
  });

  it('is Gi* of a single step', () => {
    const values = [0, 0, 9, 1, 0, 2];
    const single = getisOrd(Float64Array.from(values), inRow(6));
    if ('notDefined' in single) throw new Error(single.notDefined);
    const found = zOf(values, inRow(6));
    for (const [cell, z] of found.entries()) expect(z).to.be.closeTo(single.z[cell] as number, 1e-12);
  });

  it('can be worked out by hand', () => {
    // Five cells, two steps, one event in the middle of the second: mean 0.1, deviation 0.3, and of the cell beside it
    // six places of ten: (1 - 0.6) / (0.3 sqrt((10 x 6 - 36) / 9)).
    const found = zOf([0, 0, 0, 0, 0, 0, 0, 1, 0, 0], inRow(5));
    expect(found[6]).to.be.closeTo(0.4 / (0.3 * Math.sqrt(24 / 9)), 1e-12);
    // The first step has three places: (0 - 0.3) / (0.3 sqrt((30 - 9) / 9)).
    expect(found[2]).to.be.closeTo(-0.3 / (0.3 * Math.sqrt(21 / 9)), 1e-12);
  });

  it('does not change when a constant is added, or all is multiplied', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: -1000, max: 1_000_000 }), ([cells, values], constant) => {
        const found = zOf(values, inRow(cells));
        expect([
          ...zOf(
            values.map((value) => value + constant),
            inRow(cells),
          ),
        ]).to.deep.equal([...found]);
        const doubled = zOf(
          values.map((value) => value * 3),
          inRow(cells),
        );
        for (const [place, z] of found.entries()) expect(doubled[place]).to.be.closeTo(z, 1e-9);
      }),
    );
  });

  it('does not depend on how cells are numbered', () => {
    const values = [0, 2, 5, 1, 0, 1, 0, 7, 2, 0];
    const { offsets, members } = inRow(5);
    // Numbered from the other end: the row is the same, read backwards.
    const turned = [...values.slice(0, 5).toReversed(), ...values.slice(5).toReversed()];
    const found = zOf(turned, { offsets, members });
    const expected = zOf(values, { offsets, members });
    const back = [...found.slice(0, 5).toReversed(), ...found.slice(5).toReversed()];
    for (const [place, z] of back.entries()) expect(z).to.be.closeTo(expected[place] as number, 1e-12);
  });

  it('is that of cells whose ring holds every cell too, as long as there are other steps', () => {
    // Of three in a row the middle one has all as its ring: six places of nine in the last steps.
    const values = [0, 2, 0, 1, 0, 0, 4, 0, 1];
    const [found, expected] = [zOf(values, inRow(3)), slow(values, inRow(3))];
    for (const [place, z] of found.entries()) expect(z).to.be.closeTo(expected[place] as number, 1e-9);
    // Of two steps there are no others: only in the second.
    const two = zOf([1, 2, 3, 0, 0, 0], inRow(3));
    expect([...two].map((z) => Number.isNaN(z))).to.deep.equal([false, false, false, false, true, false]);
  });

  it('is not defined of equal values, of one cell, or where a ring holds every cell', () => {
    const of = (values: readonly number[], neighbours: Neighbours) =>
      spaceTimeGi(Float64Array.from(values), neighbours);
    expect(of([0, 0, 0, 0, 0, 0, 0, 0], inRow(4))).to.deep.equal({ notDefined: 'all-equal' });
    expect(of([3, 3, 3, 3], inRow(4))).to.deep.equal({ notDefined: 'all-equal' });
    expect(of([1, 2, 3], inRow(1))).to.deep.equal({ notDefined: 'ring-covers-all' });
    expect(of([1, 2, 3, 0, 0, 0, 1, 1], inRow(4, 3))).to.deep.equal({ notDefined: 'ring-covers-all' });
    expect(of([1, 2, 0, 0, 4, 0], inRow(2))).to.deep.equal({ notDefined: 'ring-covers-all' });
    expect(() => of([1, 2, 3], inRow(2))).to.throw(RangeError, 'whole steps');
    expect(() => of([1, Number.NaN, 2, 0], inRow(4))).to.throw(RangeError, 'finite');
  });
});

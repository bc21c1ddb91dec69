import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { inColumns } from '../../../client/export/columns.ts';
import { metresPerPixel, scaleBar, scaleNumber } from '../../../client/export/scale-bar.ts';
import { textLines } from '../../../client/export/text-lines.ts';

const GAP = 3;
const heightOf = (column: readonly { height: number }[]) =>
  column.reduce((sum, { height }) => sum + height, 0) + GAP * Math.max(0, column.length - 1);

describe('blocks in columns', () => {
  const heights = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 });

  it('keep their order, in no more columns than there are', () => {
    fc.assert(
      fc.property(heights, fc.integer({ min: 1, max: 4 }), (list, columns) => {
        const blocks = list.map((height, id) => ({ height, id }));
        const set = inColumns(blocks, columns, GAP);
        expect(set.flat()).to.deep.equal(blocks);
        expect(set.length).to.be.at.most(columns);
      }),
    );
  });

  it('are as short as any other way to set them', () => {
    /** Every way to cut a list into so many runs. */
    const cuts = (list: readonly number[], columns: number): number[][][] =>
      columns === 1
        ? [[[...list]]]
        : list.flatMap((_, at) =>
            cuts(list.slice(at + 1), columns - 1).map((rest) => [list.slice(0, at + 1), ...rest]),
          );
    fc.assert(
      fc.property(heights, fc.integer({ min: 1, max: 3 }), (list, columns) => {
        const tallest = (set: readonly (readonly number[])[]) =>
          Math.max(0, ...set.map((column) => heightOf(column.map((height) => ({ height })))));
        const best = Math.min(tallest([list]), ...cuts(list, columns).map(tallest));
        const set = inColumns(
          list.map((height) => ({ height })),
          columns,
          GAP,
        );
        expect(Math.max(0, ...set.map(heightOf))).to.equal(best);
      }),
    );
  });
});

describe('a text in lines', () => {
  const widthOf = (text: string) => text.length;

  it('breaks at blanks and line ends, and in a word only where it must', () => {
    expect(textLines('one two three', 7, widthOf)).to.deep.equal(['one two', 'three']);
    expect(textLines('one\n\ntwo', 7, widthOf)).to.deep.equal(['one', '', 'two']);
    expect(textLines('incomprehensible', 7, widthOf)).to.deep.equal(['incompr', 'ehensib', 'le']);
    expect(textLines('a 10\u00a0km', 5, widthOf)).to.deep.equal(['a', '10\u00a0km']);
  });

  it('loses no sign and is nowhere too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.integer({ min: 1, max: 12 }), (text, most) => {
        const lines = textLines(text, most, widthOf);
        expect(lines.join('').replaceAll(/\s/g, '')).to.equal(text.replaceAll(/\s/g, ''));
        for (const line of lines) expect(line.length).to.be.at.most(most);
      }),
    );
  });
});

describe('the scale of a map', () => {
  it('is that of Web Mercator: 78,271.5 m across a pixel at the equator at zoom 0, half of it at 60 degrees', () => {
    expect(metresPerPixel(0, 0)).to.be.closeTo(78_271.517, 0.001);
    expect(metresPerPixel(60, 0)).to.be.closeTo(78_271.517 / 2, 0.001);
    expect(metresPerPixel(0, 3)).to.be.closeTo(78_271.517 / 8, 0.001);
  });

  it('has a bar of a round length, the longest that fits', () => {
    expect(scaleBar(1000, 170)).to.deep.equal({ metres: 100_000, width: 100 });
    expect(scaleBar(2000, 170).metres).to.equal(300_000);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), (perPixel) => {
        const { metres, width } = scaleBar(perPixel, 170);
        expect(width).to.be.within(170 * 0.5, 170 * 1.000001);
        expect(metres / 10 ** Math.floor(Math.log10(metres * 1.000001))).to.be.closeTo(
          Math.round(metres / 10 ** Math.floor(Math.log10(metres * 1.000001))),
          1e-6,
        );
      }),
    );
  });

  it('is a number of three digits on paper', () => {
    // 96 pixels to an inch of 25.4 mm: 1000 m on 0.26458 mm.
    expect(scaleNumber(1000, 1)).to.equal(3_780_000);
    expect(scaleNumber(1000, 1 / 1.4)).to.equal(5_290_000);
  });
});

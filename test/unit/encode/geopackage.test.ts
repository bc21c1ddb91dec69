import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { describe, it } from 'mocha';
import { type Envelope, toBlob } from '../../../server/encode/geopackage/blob.ts';
import { TreePacker } from '../../../server/encode/geopackage/rtree.ts';
import { fromBlob } from '../../../server/ingest/geopackage/blob.ts';
import { LIMITS } from '../../../server/ingest/source.ts';

const box = fc
  .tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
    fc.double({ min: -90, max: 87, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  )
  .map(([x, width, y, height]): Envelope => [x, x + width, y, y + height]);

/** A node as SQLite's module reads it. */
function cellsOf(data: Buffer) {
  return Array.from({ length: data.readUInt16BE(2) }, (_, cell) => {
    const at = 4 + 24 * cell;
    return {
      id: Number(data.readBigInt64BE(at)),
      box: [8, 12, 16, 20].map((side) => data.readFloatBE(at + side)) as unknown as Envelope,
    };
  });
}
const contains = (outer: Envelope, inner: Envelope) =>
  outer[0] <= inner[0] && outer[1] >= inner[1] && outer[2] <= inner[2] && outer[3] >= inner[3];

function check(boxes: readonly Envelope[]): void {
  const packer = new TreePacker();
  for (const [index, envelope] of boxes.entries()) packer.add(index + 10, envelope);
  const { nodes, leaves, parents } = packer.pack();
  const byNumber = new Map(nodes);
  const parentOf = new Map(parents);
  const leafOf = new Map(leaves);
  const depth = byNumber.get(1)?.readUInt16BE(0) ?? -1;
  const seen = new Set<number>();
  let visited = 0;
  const visit = (number: number, level: number, around: Envelope | null): void => {
    visited += 1;
    const data = byNumber.get(number);
    if (!data) throw new Error(`node ${number} is missing`);
    expect(data.length).to.equal(4 + 51 * 24);
    const cells = cellsOf(data);
    // The module wants a node to be a third full; the root may have less.
    if (number !== 1) expect(cells.length).to.be.within(17, 51);
    for (const cell of cells) {
      if (around) expect(contains(around, cell.box), 'a child lies in its parent').to.equal(true);
      if (level > 0) {
        expect(parentOf.get(cell.id)).to.equal(number);
        visit(cell.id, level - 1, cell.box);
      } else {
        expect(leafOf.get(cell.id)).to.equal(number);
        expect(contains(cell.box, boxes[cell.id - 10] as Envelope), 'a box is not cut').to.equal(true);
        seen.add(cell.id);
      }
    }
  };
  visit(1, depth, null);
  expect([seen.size, visited]).to.deep.equal([boxes.length, byNumber.size]);
  expect([leafOf.size, parentOf.size]).to.deep.equal([boxes.length, byNumber.size - 1]);
}

describe('what a GeoPackage is made of', () => {
  it('an R-tree finds every record once, in boxes that hold it, however many there are', () => {
    for (const count of [0, 1, 51, 52, 103, 2601, 2602]) {
      const boxes = Array.from({ length: count }, (_, k): Envelope => {
        const [x, y] = [((k * 37) % 360) - 180, ((k * 17) % 170) - 85];
        return [x, x + 0.1, y, y + 0.1];
      });
      check(boxes);
    }
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 400, size: 'max' }), (boxes) => check(boxes)),
      { numRuns: 60 },
    );
  });

  it('the bounds of all are those of every box, rounded outwards by no more than a float', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 20 }), (boxes) => {
        const packer = new TreePacker();
        for (const [index, envelope] of boxes.entries()) packer.add(index, envelope);
        const exact = [0, 1, 2, 3].map((side) => {
          const sides = boxes.map((one) => one[side] as number);
          return side % 2 === 0 ? Math.min(...sides) : Math.max(...sides);
        });
        expect(contains(packer.bounds as unknown as Envelope, exact as unknown as Envelope)).to.equal(true);
        for (const [side, value] of exact.entries()) expect(packer.bounds?.[side]).to.be.closeTo(value, 4e-5);
      }),
    );
    expect(new TreePacker().bounds).to.equal(null);
  });

  it('a blob gives back its geometry in its multi form, and says its envelope', () => {
    const line = [
      [1, 2],
      [-3.5, 4],
    ];
    const ring = [
      [0, 0],
      [2, 0],
      [2, 3],
      [0, 0],
    ];
    for (const [given, wanted, envelope] of [
      [{ type: 'Point', coordinates: [1, 2] }, { type: 'Point', coordinates: [1, 2] }, [1, 1, 2, 2]],
      [{ type: 'LineString', coordinates: line }, { type: 'MultiLineString', coordinates: [line] }, [-3.5, 1, 2, 4]],
      [{ type: 'Polygon', coordinates: [ring] }, { type: 'MultiPolygon', coordinates: [[ring]] }, [0, 2, 0, 3]],
    ] as const) {
      const made = toBlob(given as unknown as Geometry);
      expect(made.envelope).to.deep.equal(envelope);
      expect(fromBlob(made.blob, LIMITS)).to.deep.equal({ geometry: wanted, srs: 4326 });
    }
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Feature, FeatureCollection, LineString } from 'geojson';
import { describe, it } from 'mocha';
import { bankOf } from '../../../../server/analysis/trace/bank.ts';

const RIVERS = path.resolve(import.meta.dirname, '../../../../geodata/base/rivers.geojson');

describe('the bank of a river', () => {
  const east: [number, number][] = [
    [0, 0],
    [10, 0],
  ];
  const side = (line: [number, number][], point: [number, number]) => bankOf(line, point)?.side;

  it('is the left or the right, looking downstream', () => {
    expect(side(east, [5, 1])).to.equal('left');
    expect(side(east, [5, -1])).to.equal('right');
    expect(side(east.toReversed(), [5, 1])).to.equal('right');
    expect(side(east, [5, 0])).to.equal('on');
  });

  it('is none beyond the source and the mouth, and one at their very foot', () => {
    for (const lon of [-0.1, 10.1]) {
      for (const lat of [-1, 0, 1]) expect(side(east, [lon, lat]), `${lon} ${lat}`).to.equal(undefined);
    }
    expect(side(east, [0, 1])).to.equal('left');
    expect(side(east, [10, -1])).to.equal('right');
  });

  it('is told behind a sharp bend too, where either reach alone would be wrong', () => {
    // A spit of land that points east: what lies farther east is outside of it.
    const spit: [number, number][] = [
      [0, 0],
      [10, 0.5],
      [0, 1],
    ];
    expect(side(spit, [10.5, 0.4])).to.equal('right');
    expect(side(spit, [10.5, 0.6])).to.equal('right');
    expect(side(spit, [9, 0.5])).to.equal('left');
  });

  it('goes over the antimeridian, and does not mind a vertex that is repeated', () => {
    const line: [number, number][] = [
      [170, 10],
      [179, 10],
      [179, 10],
      [-179, 10],
      [-170, 10],
    ];
    expect(side(line, [179.9, 11])).to.equal('left');
    expect(side(line, [-179.9, 9])).to.equal('right');
    expect(side(line, [-179, 11])).to.equal('left');
  });

  it('has the direction from the river', () => {
    expect(bankOf(east, [5, 1])?.azimuth).to.equal(0);
    expect(bankOf(east, [5, -1])?.azimuth).to.equal(180);
    expect(
      bankOf(
        [...east].map(([x, y]) => [y, x]),
        [1, 5],
      )?.azimuth,
    ).to.equal(90);
    expect(bankOf(east, [5, 0])?.azimuth).to.equal(0);
  });

  it('is above or below a line that always goes east, however it winds', () => {
    const step = fc.double({ min: 0.01, max: 2, noNaN: true });
    const rise = fc.double({ min: -8, max: 8, noNaN: true });
    const course = fc.array(fc.tuple(step, rise), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(course, fc.double({ min: 0, max: 1, noNaN: true }), rise, (steps, share, lat) => {
        let lon = 0;
        const line = steps.map(([x, y]): [number, number] => {
          lon += x;
          return [lon, y];
        });
        const [first, last] = [line[0]?.[0] ?? 0, line.at(-1)?.[0] ?? 0];
        const at = first + share * (last - first);
        const after = Math.max(
          1,
          line.findIndex(([x]) => x >= at),
        );
        const [[x1, y1], [x2, y2]] = [line[after - 1] as [number, number], line[after] as [number, number]];
        const height = y1 + ((at - x1) / (x2 - x1)) * (y2 - y1);
        fc.pre(Math.abs(height - lat) > 1e-6);
        const bank = bankOf(line, [at, lat]);
        if (bank) expect(bank.side).to.equal(lat > height ? 'left' : 'right');
      }),
      { numRuns: 2_000 },
    );
  });

  it('of the Niger is what lies within its bend and what lies without', () => {
    const { features } = JSON.parse(readFileSync(RIVERS, 'utf8')) as FeatureCollection;
    const niger = features.find(({ properties }) => properties?.name === 'Niger') as Feature<LineString>;
    const line = niger.geometry.coordinates as [number, number][];
    const [[sourceLon, sourceLat], [mouthLon, mouthLat]] = [line[0], line.at(-1)] as [
      [number, number],
      [number, number],
    ];
    /** Even-odd, of the ring that the river and a straight line from its mouth to its source make. */
    const isWithin = ([lon, lat]: [number, number]) => {
      let inside = false;
      for (const [index, [x2, y2]] of line.entries()) {
        const [x1, y1] = line.at(index - 1) as [number, number];
        if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
      return inside;
    };
    let [left, right] = [0, 0];
    for (let lon = -14; lon <= 14; lon += 0.25) {
      for (let lat = 5.05; lat <= 25; lat += 0.25) {
        // South of that line the ring says nothing.
        if (lat < sourceLat + ((lon - sourceLon) / (mouthLon - sourceLon)) * (mouthLat - sourceLat)) continue;
        const bank = bankOf(line, [lon, lat]);
        if (!bank) continue;
        expect(bank.side, `${lon} ${lat}`).to.equal(isWithin([lon, lat]) ? 'right' : 'left');
        if (bank.side === 'left') left += 1;
        else right += 1;
      }
    }
    expect(Math.min(left, right)).to.be.greaterThan(1_000);
    const towns = { Timbuktu: [-3.0074, 16.7735], Kidal: [1.4092, 18.4434], Sofara: [-4.2315, 14.0126] } as const;
    const sides = Object.values(towns).map(([lon, lat]) => bankOf(line, [lon, lat])?.side);
    expect(sides).to.deep.equal(['left', 'left', 'right']);
  });
});

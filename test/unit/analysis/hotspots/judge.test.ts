import { expect } from 'chai';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import { ringNeighbours } from '../../../../server/analysis/cells/neighbours.ts';
import { judge, type Verdict } from '../../../../server/analysis/hotspots/judge.ts';
import { twoSidedP } from '../../../../server/stats/normal-p.ts';
import { seededRandom } from '../../../../server/stats/random.ts';

const cells = gridDisk(latLngToCell(14, -4, 5), 15).sort();
const neighbours = ringNeighbours({ cells, indexOf: new Map(cells.map((cell, place) => [cell, place])) }, 1);

const neighboursOf = (place: number) => [
  ...neighbours.members.subarray(neighbours.offsets[place], neighbours.offsets[place + 1]),
];

describe('judge', () => {
  it('finds nothing in noise: of 40 seeded maps of events at random at most a few have a hot or cold hexagon', () => {
    const random = seededRandom(7);
    let maps = 0;
    for (let map = 0; map < 40; map++) {
      const values = new Float64Array(cells.length);
      for (let event = 0; event < 20 * cells.length; event++) {
        const place = Math.floor(cells.length * random());
        values[place] = (values[place] as number) + 1;
      }
      const found = judge(values, neighbours, values);
      if ('notDefined' in found) throw new Error(found.notDefined);
      if (found.verdicts.some((verdict) => ['hot_99', 'hot_95', 'cold_95', 'cold_99'].includes(verdict))) maps += 1;
    }
    // The rate of false discoveries is 5 %: where there is nothing to find, of maps that show something.
    expect(maps).to.be.at.most(5);
  });

  it('finds a cluster in that noise, and calls it as its corrected p says', () => {
    const random = seededRandom(8);
    const values = Float64Array.from(cells, () => 15 + Math.floor(10 * random()));
    const centre = 360;
    const around = [...neighbours.members.subarray(neighbours.offsets[centre], neighbours.offsets[centre + 1])];
    for (const place of around) values[place] = (values[place] as number) + 25;
    const found = judge(values, neighbours, values);
    if ('notDefined' in found) throw new Error(found.notDefined);
    expect(found.verdicts[centre]).to.equal('hot_99');
    for (const [place, verdict] of found.verdicts.entries()) {
      const [z, p, adjusted] = [found.z[place], found.p[place], found.adjusted[place]] as [number, number, number];
      expect(p).to.equal(twoSidedP(z));
      expect(adjusted).to.be.at.least(p);
      const level = adjusted <= 0.01 ? '99' : adjusted <= 0.05 ? '95' : adjusted <= 0.1 ? '90' : undefined;
      expect(verdict).to.equal(level === undefined ? 'none' : `${z > 0 ? 'hot' : 'cold'}_${level}`);
    }
  });

  it('calls no hexagon hot by fewer than five events in it and its neighbours, whatever they sum to', () => {
    const place = [...cells.keys()].find(
      (each) => neighboursOf(each).length === 7 && neighboursOf(each)[0] !== 0,
    ) as number;
    const values = new Float64Array(cells.length);
    values[place] = 1_000;
    const around = (events: number) =>
      Float64Array.from(cells, (_, at) => (neighboursOf(place).includes(at) ? events : 0));
    const verdicts = (events: number) => {
      const found = judge(values, neighbours, around(events));
      if ('notDefined' in found) throw new Error(found.notDefined);
      return found.verdicts;
    };
    const counted = (events: number, verdict: Verdict) => verdicts(events).filter((each) => each === verdict).length;
    expect([counted(4, 'too_few'), counted(4, 'hot_99')]).to.deep.equal([7, 0]);
    expect([counted(5, 'too_few'), counted(5, 'hot_99')]).to.deep.equal([0, 7]);
  });

  it('leaves out of the correction what is not defined', () => {
    // The middle one sees all three, the others two.
    const lists = { offsets: Int32Array.from([0, 2, 5, 7]), members: Int32Array.from([0, 1, 0, 1, 2, 1, 2]) };
    const found = judge(Float64Array.from([1, 5, 12]), lists, Float64Array.of(9, 9, 9));
    if ('notDefined' in found) throw new Error(found.notDefined);
    expect(found.verdicts[1]).to.equal('not_defined');
    expect(found.p[1]).to.be.NaN;
    // Two are tested: the larger p stays as it is.
    expect(found.adjusted[2]).to.equal(found.p[2]);
    expect(found.adjusted[0]).to.equal(found.p[2]);
  });
});

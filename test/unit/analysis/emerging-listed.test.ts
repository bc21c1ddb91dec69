import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Look } from '../../../server/analysis/emerging-hotspots/look.ts';
import { EmergingNumbers, type Hexagon } from '../../../server/analysis/emerging-hotspots/numbers.ts';
import { toNumbers } from '../../../server/analysis/emerging-hotspots/to-numbers.ts';
import { unitsOf } from '../../../server/analysis/quantity.ts';
import { seededRandom } from '../../../server/stats/random.ts';

/** As if so many hexagons had a class. */
function classified(cells: number, steps: number) {
  const random = seededRandom(7);
  const names = Array.from({ length: cells }, (_, cell) => `85${cell.toString(16).padStart(13, '0')}`);
  const z = Float64Array.from({ length: cells * steps }, () => 20 * random() - 10);
  const look = {
    given: { ring: 1, confidence: 95 },
    study: { resolution: 5, cells: names, areaKm2: 1, indexOf: new Map(names.map((name, cell) => [name, cell])) },
    time: {
      steps: Array.from({ length: steps }, () => ({ from: '2020-01-01', to: '2020-02-01' })),
      cut: 0,
      unreported: 0,
    },
    counts: { events: { all: new Float64Array(1), precise: new Float64Array(1) }, undated: 0, outside: 0, preciseM: 1 },
    values: z.map((each) => Math.max(0, Math.round(each))),
    eventsByCell: new Float64Array(cells),
    found: { z, heats: new Int8Array(cells * steps), classes: names.map(() => 'sporadic_hot') },
  } as unknown as Look;
  const hexagons = names.map(
    (cell): Hexagon => ({
      ...{ cell, lon: 0, lat: 0, class: 'sporadic_hot', events: 1, steps_hot: 1, steps_cold: 0, events_behind: 1 },
      ...{ hot_share: 0.1, last_z: 1, trend: 'none' },
    }),
  );
  return { numbers: EmergingNumbers.parse(toNumbers(look, hexagons)), z };
}

describe('the hexagons that emerging hotspots lists', () => {
  it('are all of 5,000 by 120 months, with their series and z, in about 7 MB', () => {
    const { numbers, z } = classified(5_000, 120);
    expect(numbers.classified).to.have.length(5_000);
    expect(numbers.unlisted).to.equal(0);
    const last = numbers.classified.at(-1);
    expect(last?.z).to.have.length(120);
    for (const [step, value] of last?.z.entries() ?? [])
      expect(value).to.be.closeTo(z[step * 5_000 + 4_999] as number, 0.0005 + 1e-9);
    expect(JSON.stringify(numbers).length).to.be.below(7.5e6);
  });

  it('are fewer of more steps, and it is said how many are not', () => {
    const { numbers } = classified(1_100, 600);
    expect([numbers.classified.length, numbers.unlisted]).to.deep.equal([1_000, 100]);
    expect(classified(5_001, 12).numbers.unlisted).to.equal(1);
  });

  it('have units', () => {
    const units = unitsOf(EmergingNumbers);
    expect([units['classified[].series[]'], units['classified[].z[]']]).to.deep.equal(['1', '1']);
  });
});

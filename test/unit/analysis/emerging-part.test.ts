import { expect } from 'chai';
import { cellToChildren } from 'h3-js';
import { describe, it } from 'mocha';
import { notDrawnCaveat } from '../../../server/analysis/caveats.ts';
import type { Hexagon } from '../../../server/analysis/emerging-hotspots/numbers.ts';
import { notDrawn, toPart } from '../../../server/analysis/emerging-hotspots/part.ts';

const hexagon = (cell: string): Hexagon => ({
  ...{ cell, lon: 0, lat: 0, class: 'historical_cold', events: 0, events_behind: 0, steps_hot: 0, steps_cold: 9 },
  ...{ hot_share: 0, last_z: -2, trend: 'none' },
});

describe('the part of emerging hotspots', () => {
  const hexagons = [0, 1, 2, 3, 4, 5].flatMap((nth) =>
    cellToChildren(`8${3}${['0000', '1000', '2000', '3000', '4000', '5000'][nth]}fffffffff`, 8).map(hexagon),
  );

  it('has no more hexagons than can be sent, and says how many it leaves out', () => {
    const many = hexagons.slice(0, 20_003);
    expect(many).to.have.length(20_003);
    expect(toPart(many).features).to.have.length(20_000);
    expect(notDrawnCaveat(notDrawn(many))[0]?.text.en).to.match(/^3 hexagons in which something is reported are not/);
    expect(notDrawnCaveat(notDrawn(many.slice(0, 20_000)))).to.deep.equal([]);
    expect(toPart(many.slice(0, 7)).features).to.have.length(7);
  });
});

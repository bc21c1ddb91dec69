import { expect } from 'chai';
import fc from 'fast-check';
import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { describe, it } from 'mocha';
import { chooseResolution } from '../../../../server/analysis/cells/recommend-resolution.ts';
import { radiusOfCells } from '../../../../server/core/hex.ts';

const facts = fc.record({
  areaKm2: fc.double({ min: 1, max: 20_000_000, noNaN: true }),
  events: fc.integer({ min: 0, max: 2_000_000 }),
  medianM: fc.option(fc.double({ min: 0, max: 300_000, noNaN: true }), { nil: undefined }),
});
const size = (resolution: number) => getHexagonAreaAvg(resolution, UNITS.km2);

describe('chooseResolution', () => {
  it('takes the size of hexagons from the number of events: 2 A / n', () => {
    // 2 * 1,240,000 / 5,000 is 496 km2: hexagons of 1,770 km2, for the next have 253.
    const chosen = chooseResolution({ areaKm2: 1_240_000, events: 5_000, medianM: 1_000 });
    expect(chosen).to.include({ resolution: 4, because: 'events' });
    expect(chosen.reason.en).to.include('H3 4').and.to.include('5,000 events');
    expect(chosen.reason.fr).to.match(/^La résolution H3 4 est recommandée/);
  });

  it('is not finer than half of the events are known', () => {
    const chosen = chooseResolution({ areaKm2: 1_240_000, events: 500_000, medianM: 20_000 });
    expect(chosen).to.include({ resolution: 4, because: 'precision' });
    expect(chosen.reason.en).to.include('20 km');
  });

  it('makes neither too many hexagons nor too few', () => {
    expect(chooseResolution({ areaKm2: 1_240_000, events: 2_000_000, medianM: 10 })).to.include({
      because: 'size',
      resolution: 5,
    });
    expect(chooseResolution({ areaKm2: 300, events: 12, medianM: 10 })).to.include({ because: 'area', resolution: 7 });
  });

  it('names what asked for a coarser one, and says where nothing is known of the precision', () => {
    const imprecise = chooseResolution({ areaKm2: 1_000_000, events: 10_000, medianM: 300_000 });
    expect(imprecise).to.include({ because: 'area', resolution: 3 });
    expect(imprecise.reason.en).to.match(/finer than half of the events are known, within 300 km/);
    expect(imprecise.reason.fr).to.match(/la localisation de la moitié des événements/);
    const few = chooseResolution({ areaKm2: 300, events: 12, medianM: 10 });
    expect(few.reason.en).to.match(/finer than the number of events would ask for/);
    const unknown = chooseResolution({ areaKm2: 1_240_000, events: 5_000, medianM: undefined, isUnknown: true });
    expect(unknown).to.include({ because: 'events', resolution: 4 });
    expect(unknown.reason.en).to.match(/nothing says how precisely/);
  });

  it('holds to its rule, and is never coarser with more events or better positions (property)', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { resolution, because } = chooseResolution(given);
        const { areaKm2, events, medianM = 0 } = given;
        if (because !== 'area' && resolution > 0) {
          expect(size(resolution)).to.be.at.least((2 * areaKm2) / events);
          expect(radiusOfCells(resolution)).to.be.at.least(medianM);
        }
        expect(areaKm2 / size(resolution)).to.be.at.most(20_000);
        if (resolution < 8) expect(areaKm2 / size(resolution)).to.be.at.least(30);
        const more = chooseResolution({ ...given, events: 2 * events + 1, medianM: medianM / 2 });
        expect(more.resolution).to.be.at.least(resolution);
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { frameOfView, viewOfFrame } from '../../../client/frame.ts';

const side = fc.integer({ min: 0, max: 300 });
const covered = fc.record({ left: side, right: side, top: side, bottom: side });
const size = fc.record({ width: fc.integer({ min: 700, max: 3_000 }), height: fc.integer({ min: 700, max: 2_000 }) });
const view = fc.record({
  lon: fc.double({ min: -20, max: 20, noNaN: true }),
  lat: fc.double({ min: -40, max: 40, noNaN: true }),
  zoom: fc.double({ min: 5, max: 14, noNaN: true }),
});
const NOTHING = { left: 0, right: 0, top: 0, bottom: 0 };

describe('the frame of a view', () => {
  it('is the view again on the same screen, whatever lies over it', () => {
    fc.assert(
      fc.property(view, size, covered, (place, screen, panels) => {
        const again = viewOfFrame(frameOfView(place, screen, panels), screen, panels);
        expect(again.lon).to.be.closeTo(place.lon, 1e-6);
        expect(again.lat).to.be.closeTo(place.lat, 1e-6);
        expect(again.zoom).to.be.closeTo(place.zoom, 1e-6);
      }),
    );
  });

  it('is all seen on any other screen, and touches two of its sides', () => {
    fc.assert(
      fc.property(view, size, size, covered, (place, one, other, panels) => {
        const frame = frameOfView(place, one, NOTHING);
        const [west, south, east, north] = frameOfView(viewOfFrame(frame, other, panels), other, panels);
        const spare = [frame[0] - west, frame[1] - south, east - frame[2], north - frame[3]];
        for (const degrees of spare) expect(degrees).to.be.at.least(-1e-6);
        expect(Math.min(...spare)).to.be.closeTo(0, 1e-6);
      }),
    );
  });

  it('is of what nothing lies over: a panel on the right takes it from the right', () => {
    const place = { lon: 0, lat: 0, zoom: 8 };
    const screen = { width: 1_024, height: 512 };
    // 512 pixels of the world at zoom 0: at zoom 8 a degree of longitude is 364.09 pixels.
    const [west, south, east, north] = frameOfView(place, screen, { ...NOTHING, right: 512 });
    expect(west).to.be.closeTo(-512 / 364.0889, 1e-4);
    expect(east).to.be.closeTo(0, 1e-9);
    expect(north).to.be.closeTo(-south, 1e-9);
  });
});

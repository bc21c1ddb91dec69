import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Position, toGeocentric, toPosition } from '../../../server/stats/geocentric.ts';
import { knox } from '../../../server/stats/knox.ts';
import { nearMetres } from '../../../server/stats/near-metres.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { sweepPairs } from '../../../server/stats/sweep-pairs.ts';
import { defined, pairsAmong, wholeKnox } from '../../support/knox.ts';

interface Event {
  readonly lon: number;
  readonly lat: number;
  readonly day: number;
}

const placesOf = (events: readonly Event[]) => ({
  xyz: toGeocentric({
    lons: Float64Array.from(events, ({ lon }) => lon),
    lats: Float64Array.from(events, ({ lat }) => lat),
  }),
  positions: events.map(({ lon, lat }) => toPosition(lon, lat)),
});

const bandOf = (edges: readonly number[], value: number) =>
  edges.slice(1).findIndex((to, index) => (edges[index] as number) <= value && value < to);

function slowly(events: readonly Event[], metres: readonly number[], edges: readonly number[]): number[] {
  const width = edges.length;
  const counts = new Array<number>((metres.length - 1) * width).fill(0);
  for (const [a, one] of events.entries()) {
    for (const other of events.slice(a + 1)) {
      const [from, to] = [one, other].map(({ lon, lat }) => toPosition(lon, lat)) as [Position, Position];
      const [gap, space] = [Math.abs(one.day - other.day), bandOf(metres, nearMetres(from, to))];
      if (space < 0 || gap >= (edges.at(-1) as number)) continue;
      const time = bandOf(edges, gap);
      const place = space * width + (time < 0 ? width - 1 : time);
      counts[place] = (counts[place] as number) + 1;
    }
  }
  return counts;
}

function gapsOf(edges: readonly number[]): Uint8Array {
  const gaps = new Uint8Array(edges.at(-1) as number).fill(edges.length - 1);
  for (const [band, from] of edges.slice(0, -1).entries()) gaps.fill(band, from, edges[band + 1]);
  return gaps;
}

const rising = (max: number, most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max }), { minLength: 2, maxLength: most })
    .map((all) => all.sort((a, b) => a - b));
/** Towns at the pole, over the antimeridian and elsewhere, with events on a grid: many at one place, or exactly as far as an edge. */
const event = fc
  .tuple(
    fc.constantFrom([-4, 14], [179.995, 0], [20, 89.99], [3, -55]),
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -40, max: 300 }),
  )
  .map(([[lon, lat], east, north, day]): Event => {
    const moved = (lon as number) + east / 100;
    return { lon: moved > 180 ? moved - 360 : moved, lat: Math.min(90, (lat as number) + north / 100), day };
  });

describe('sweepPairs', () => {
  it('counts as comparing all with all does', () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 2, maxLength: 60 }),
        rising(9_000, 8).map((edges) => edges.map((metres) => Math.max(metres, 0))),
        rising(90, 5),
        (events, metres, edges) => {
          const days = Int32Array.from(events, ({ day }) => day);
          const count = sweepPairs(placesOf(events), days, metres, gapsOf(edges), edges.length);
          const counts = new Float64Array((metres.length - 1) * edges.length);
          count(days, counts);
          expect([...counts]).to.deep.equal(slowly(events, metres, edges));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('tells what lies exactly at an edge as the distance does, on either side of it', () => {
    const [lon, lat] = [-4, 14];
    for (const away of [0.001, 0.01, 0.05, 0.09]) {
      const events = [
        { lon, lat, day: 0 },
        { lon: lon + away, lat: lat + away / 3, day: 1 },
      ];
      const [from, to] = events.map((each) => toPosition(each.lon, each.lat)) as [Position, Position];
      const exact = nearMetres(from, to);
      for (const edge of [exact - 1e-4, exact, exact + 1e-4]) {
        const metres = [0, edge, 20_000];
        const counts = new Float64Array(4);
        sweepPairs(placesOf(events), Int32Array.of(0, 1), metres, gapsOf([0, 7]), 2)(Int32Array.of(0, 1), counts);
        expect([...counts], `${edge}`).to.deep.equal(slowly(events, metres, [0, 7]));
      }
    }
  });

  it('is taken where it is quicker, and changes nothing of what Knox finds', () => {
    const random = seededRandom(4);
    const among = (count: number) => Math.floor(count * random());
    const events = Array.from({ length: 600 }, () => ({
      lon: -4 + among(12) / 100,
      lat: 14 + among(12) / 100,
      day: among(4_000),
    }));
    const metres = [0, 1_000, 2_500, 40_000];
    const positions = events.map(({ lon, lat }) => toPosition(lon, lat));
    const near = pairsAmong(events.length, 3, (a, b) =>
      bandOf(metres, nearMetres(positions[a] as Position, positions[b] as Position)),
    );
    const [days, edges] = [Int32Array.from(events, ({ day }) => day), [0, 7, 20]];
    const counted = { permuted: 0 };
    const places = {
      ...placesOf(events),
      get metres() {
        counted.permuted += 1;
        return metres;
      },
    };
    const rounds = knox(days, near, edges, 99, seededRandom(1), places);
    let round = rounds.next();
    while (!round.done) round = rounds.next();
    expect(counted.permuted).to.equal(1);
    expect(defined(round.value)).to.deep.equal(defined(wholeKnox([...days], near, edges, 99, 1)));
  });
});

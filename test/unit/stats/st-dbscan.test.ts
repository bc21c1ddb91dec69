import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, it } from 'mocha';
import { toGeocentric } from '../../../server/stats/geocentric.ts';
import { type Clustering, type Reach, stDbscan } from '../../../server/stats/st-dbscan.ts';
import { whole } from '../../support/whole.ts';

const { WGS84 } = geodesic.Geodesic;

interface Event {
  readonly lon: number;
  readonly lat: number;
  readonly first: number;
  readonly last: number;
}

const listOf = (events: readonly Event[]) => ({
  xyz: toGeocentric({
    lons: Float64Array.from(events, ({ lon }) => lon),
    lats: Float64Array.from(events, ({ lat }) => lat),
  }),
  first: Int32Array.from(events, ({ first }) => first),
  last: Int32Array.from(events, ({ last }) => last),
});
const find = (events: readonly Event[], reach: Reach) => whole(stDbscan(listOf(events), reach));
const on = (lon: number, lat: number, first: number, last = first): Event => ({ lon, lat, first, last });

function areNear(a: Event, b: Event, { metres, days }: Reach): boolean {
  const { s12 = Number.NaN } = WGS84.Inverse(a.lat, a.lon, b.lat, b.lon);
  return s12 <= metres && Math.max(a.first, b.first) - Math.min(a.last, b.last) <= days;
}

/** By the definition: all pairs are looked at, and clusters grow from the first core that is in none. */
function slowClusters(events: readonly Event[], reach: Reach): Pick<Clustering, 'clusterOf' | 'isCore'> {
  const near = events.map((a) => events.flatMap((b, index) => (areNear(a, b, reach) ? [index] : [])));
  const isCore = Uint8Array.from(near, (each) => (each.length >= reach.minPoints ? 1 : 0));
  const clusterOf = new Int32Array(events.length).fill(-1);
  let cluster = 0;
  for (const seed of events.keys()) {
    if (!isCore[seed] || clusterOf[seed] !== -1) continue;
    const cores = new Set([seed]);
    for (const core of cores) for (const each of near[core] as number[]) if (isCore[each]) cores.add(each);
    for (const core of cores)
      for (const each of near[core] as number[]) if (clusterOf[each] === -1) clusterOf[each] = cluster;
    cluster += 1;
  }
  return { clusterOf, isCore };
}

const middle = fc.constantFrom<readonly [number, number]>([-4, 14], [179.99, -16], [-180, 0], [30, 89.99], [0, -90]);
const scattered = fc
  .tuple(
    middle,
    fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 25 }), fc.nat({ max: 3 })), {
      maxLength: 60,
    }),
  )
  .map(([[lon, lat], rows]) =>
    rows
      .map(([east, north, first, length]) => {
        // On a grid of 1.7 km: pairs at one place, and none at the very edge of a radius.
        const { lat2 = 0, lon2 = 0 } = WGS84.Direct(
          lat,
          lon,
          (Math.atan2(east, north) * 180) / Math.PI,
          Math.hypot(east, north) * 1_700,
        );
        return on(lon2, lat2, first, first + length);
      })
      .sort((a, b) => a.first - b.first),
  );
const reaches = fc.record({
  metres: fc.constantFrom(1_000, 2_000, 4_000),
  days: fc.nat({ max: 4 }),
  minPoints: fc.integer({ min: 1, max: 6 }),
});

describe('stDbscan', () => {
  it('finds what a slow search of all pairs finds, anywhere on the earth', () => {
    fc.assert(
      fc.property(scattered, reaches, (events, reach) => {
        const { clusterOf, isCore, clusters } = find(events, reach);
        const slow = slowClusters(events, reach);
        expect([...isCore]).to.deep.equal([...slow.isCore]);
        expect([...clusterOf]).to.deep.equal([...slow.clusterOf]);
        expect(clusters).to.equal(Math.max(-1, ...slow.clusterOf) + 1);
      }),
      { numRuns: 400 },
    );
  });

  it('holds its invariants: cores have enough neighbours, noise has no core near, a border event has one in its cluster', () => {
    fc.assert(
      fc.property(scattered, reaches, (events, reach) => {
        const { clusterOf, isCore } = find(events, reach);
        for (const [index, event] of events.entries()) {
          const near = [...events.keys()].filter((other) => areNear(event, events[other] as Event, reach));
          expect(isCore[index] === 1).to.equal(near.length >= reach.minPoints);
          const cores = near.filter((other) => isCore[other]);
          if (clusterOf[index] === -1) expect(cores).to.deep.equal([]);
          else expect(cores.map((core) => clusterOf[core])).to.include(clusterOf[index]);
          // Of the clusters that reach it, the first.
          if (cores.length > 0)
            expect(clusterOf[index]).to.equal(Math.min(...cores.map((core) => clusterOf[core] as number)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives an event at the border of two clusters to the first that reaches it', () => {
    const at = (metres: number, day: number) => on(0, metres / 110_574, day);
    const line = [0, 0, 0, 500, 1_000, 1_500, 2_000, 2_000, 2_000];
    const reach = { metres: 600, days: 20, minPoints: 4 };
    const forward = find(
      line.map((metres, index) => at(metres, index)),
      reach,
    );
    expect([...forward.clusterOf]).to.deep.equal([0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...forward.isCore]).to.deep.equal([1, 1, 1, 1, 0, 1, 1, 1, 1]);
    const backward = find(
      line.toReversed().map((metres, index) => at(metres, index)),
      reach,
    );
    expect([...backward.clusterOf]).to.deep.equal([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('takes for the time between spans the days from the end of one to the beginning of the other', () => {
    const reach = { metres: 1_000, days: 5, minPoints: 2 };
    expect(find([on(0, 0, 1, 10), on(0, 0, 15)], reach).clusters).to.equal(1);
    expect(find([on(0, 0, 1, 10), on(0, 0, 16)], reach).clusters).to.equal(0);
    expect(find([on(0, 0, 1, 400), on(0, 0, 200), on(0, 0, 300, 301)], { ...reach, minPoints: 3 }).isCore[0]).to.equal(
      1,
    );
  });

  it('has no cluster of nothing, and one event as a cluster only where one is enough', () => {
    expect(find([], { metres: 1, days: 0, minPoints: 1 })).to.deep.include({ clusters: 0 });
    expect(find([on(0, 0, 0)], { metres: 1, days: 0, minPoints: 1 }).clusters).to.equal(1);
    expect(find([on(0, 0, 0)], { metres: 1, days: 0, minPoints: 2 }).clusters).to.equal(0);
  });

  it('refuses events out of order, spans that end before they begin, and no reach', () => {
    const reach = { metres: 1, days: 0, minPoints: 1 };
    expect(() => find([on(0, 0, 2), on(0, 0, 1)], reach)).to.throw(RangeError, 'rise');
    expect(() => find([on(0, 0, 2, 1)], reach)).to.throw(RangeError, 'before');
    expect(() => find([], { ...reach, metres: 0 })).to.throw(RangeError, 'reach');
  });
});

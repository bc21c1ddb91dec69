import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';
import { leastDistance } from '../../support/geodesic.ts';

/** Vincenty, Karney 2013: latitude and longitude of both ends, azimuths there, metres. */
interface Case {
  readonly from: readonly [lon: number, lat: number];
  readonly to: readonly [lon: number, lat: number];
  readonly azimuth: number;
  readonly metres: number;
}

const { WGS84 } = geodesic.Geodesic;
const within180 = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;

/** The cases that the package ships with, computed by its author in higher precision. */
function shippedCases(): Case[] {
  const file = createRequire(import.meta.url).resolve('geographiclib-geodesic/test/geodesictest.js');
  const [, list = ''] = /testcases = (\[[\s\S]*?\]\s*\]);/.exec(readFileSync(file, 'utf8')) ?? [];
  return (JSON.parse(list) as number[][]).map((row) => {
    const [lat1 = 0, lon1 = 0, azimuth = 0, lat2 = 0, lon2 = 0, , metres = 0] = row;
    return { from: [within180(lon1), lat1], to: [within180(lon2), lat2], azimuth, metres };
  });
}

const wkt = ([lon, lat]: readonly [number, number]) => `${lon} ${lat}`;

describe('lengths and distances on the ellipsoid, as analyses find them', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const numbers = async (text: string, values: readonly unknown[]): Promise<Record<string, number>> => {
    const [row] = await database.run<Record<string, number>>({ text, values });
    return row ?? {};
  };
  const measured = ({ from, to }: Pick<Case, 'from' | 'to'>) =>
    numbers(
      `SELECT ST_Distance(a::geography, b::geography) AS distance, ST_Length(ST_MakeLine(a, b)::geography) AS length,
        degrees(ST_Azimuth(a::geography, b::geography)) AS azimuth
        FROM (SELECT ST_GeomFromText($1, 4326) AS a, ST_GeomFromText($2, 4326) AS b) AS ends`,
      [`POINT(${wkt(from)})`, `POINT(${wkt(to)})`],
    );

  it('are those of the cases of GeographicLib, to a tenth of a millimetre', async () => {
    const cases = shippedCases();
    expect(cases).to.have.length(20);
    for (const each of cases) {
      const { distance = 0, length = 0, azimuth = 0 } = await measured(each);
      expect(Math.abs(distance - each.metres), `${JSON.stringify(each)}: distance`).to.be.below(1e-4);
      expect(Math.abs(length - each.metres), `${JSON.stringify(each)}: length`).to.be.below(1e-4);
      expect(Math.abs(within180(azimuth - each.azimuth)), `${JSON.stringify(each)}: azimuth`).to.be.below(1e-8);
    }
  });

  it('are those of GeographicLib between any two points, near and nearly opposite', async () => {
    const point = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    const little = fc.double({ min: -1e-3, max: 1e-3, noNaN: true });
    const offset = fc.tuple(little, little);
    const pair = fc.oneof(
      fc.tuple(point, point),
      fc.tuple(point, offset).map(
        ([[lon, lat], [x, y]]) =>
          [
            [lon, lat],
            [lon + x, lat + y],
          ] as const,
      ),
      fc.tuple(point, offset).map(
        ([[lon, lat], [x, y]]) =>
          [
            [lon, lat],
            [lon + 180 + x, y - lat],
          ] as const,
      ),
    );
    await fc.assert(
      fc.asyncProperty(pair, async ([a, b]) => {
        const clamp = ([lon, lat]: readonly [number, number]) =>
          [within180(lon), Math.max(-90, Math.min(90, lat))] as const;
        const [from, to] = [clamp(a), clamp(b)];
        const { s12 = Number.NaN } = WGS84.Inverse(from[1], from[0], to[1], to[0]);
        const { distance = 0, length = 0 } = await measured({ from, to });
        expect(Math.abs(distance - s12), 'distance').to.be.below(1e-3);
        expect(Math.abs(length - s12), 'length').to.be.below(1e-3);
      }),
      { numRuns: 200 },
    );
  });

  it('are found from a point to a line: the least over the geodesics that are its edges', async () => {
    // Over the region: a point, and a line of edges of up to 300 km.
    const lon = fc.double({ min: -12, max: 5, noNaN: true });
    const lat = fc.double({ min: 10, max: 25, noNaN: true });
    const step = fc.double({ min: -2, max: 2, noNaN: true });
    const course = fc.tuple(lon, lat, fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.tuple(lon, lat), course, async (from, [west, south, steps]) => {
        const vertices: [number, number][] = [[west, south]];
        for (const [x, y] of steps) {
          const [lastX, lastY] = vertices.at(-1) as [number, number];
          vertices.push([lastX + x, lastY + y]);
        }
        const { distance = 0, near } = await numbers(
          `SELECT ST_Distance(line, point) AS distance, ST_DWithin(line, point, $3)::int AS near
            FROM (SELECT ST_GeomFromText($1, 4326)::geography AS line, ST_GeomFromText($2, 4326)::geography AS point) AS given`,
          [`LINESTRING(${vertices.map(wkt).join(',')})`, `POINT(${wkt(from)})`, 25_000],
        );
        const least = leastDistance(vertices, from);
        // The nearest place is looked for on the great circle of a sphere, which lies beside the geodesic of a long edge.
        expect(Math.abs(distance - least), `${distance} ${least}`).to.be.below(Math.max(2, least * 1e-4));
        if (Math.abs(least - 25_000) > 10) expect(near === 1).to.equal(least < 25_000);
      }),
      { numRuns: 150 },
    );
  });
});

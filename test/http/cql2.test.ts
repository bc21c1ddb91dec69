import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { SPATIAL } from '../../server/core/cql2/operators.ts';
import { attempt } from '../support/cql2-attempts.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

interface Items {
  readonly numberMatched: number;
  readonly features: readonly { readonly id: number; readonly properties: Readonly<Record<string, unknown>> }[];
}

/** Each family of operators, on a layer that is drawn as hexagons where it is crowded. */
const FILTERS = [
  "killed > 5 AND kind <> 'ied' OR injured IS NULL",
  "CASEI(kind) = 'ied'",
  "ACCENTI(CASEI(place)) LIKE ACCENTI(CASEI('M%é%'))",
  'killed * 2 - 1 > 9 AND killed % 2 = 0',
  "A_OVERLAPS(facts, ('S002', 'S014')) OR A_EQUALS(facts, ('U080'))",
  "T_INTERSECTS(valid, INTERVAL('2020-01-01', '2022-06-30'))",
  "T_AFTER(valid_from, DATE('2021-01-01'))",
  'S_INTERSECTS(geometry, BBOX(-5, 13, 1, 17))',
  'S_WITHIN(geometry, POLYGON((-6 12, 2 12, 2 18, -6 12)))',
  'S_DWITHIN(geometry, POINT(-4.2 14.5), 150000)',
  'S_DISJOINT(geometry, GEOMETRYCOLLECTION(POLYGON((-6 12, 2 12, 2 18, -6 12)), POINT(0 0)))',
];

describe('CQL2 over HTTP', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const query = (filter: string, lang = 'cql2-text', more = {}) =>
    new URLSearchParams({ filter, 'filter-lang': lang, ...more }).toString();
  const items = (layer: string, parameters: string) =>
    json<Items>(fetch(`${server.url}/collections/${layer}/items?${parameters}`));

  for (const filter of FILTERS) {
    it(`selects the same on items, tiles, hexagons and exports by ${filter}`, async () => {
      const { numberMatched } = await items('attacks', query(filter, undefined, { limit: '1' }));
      const whole = await items('attacks', 'limit=1');
      expect(numberMatched).to.be.within(1, whole.numberMatched - 1);

      const tile = await fetch(`${server.url}/tiles/attacks/0/0/0.mvt?${query(filter)}`);
      const { attacks = [], attacks_hex: hexagons = [] } = decodeTile(new Uint8Array(await tile.arrayBuffer()));
      const counts = hexagons.map(({ properties }) => Number(properties.count));
      expect(counts.reduce((sum, count) => sum + count, attacks.length)).to.equal(numberMatched);

      const hexes = await json<{ total: number }>(fetch(`${server.url}/hexes/attacks?res=3&${query(filter)}`));
      expect(hexes.total).to.equal(numberMatched);

      const exported = await json<Items>(
        fetch(`${server.url}/collections/attacks/export?${query(filter, undefined, { f: 'geojson' })}`),
      );
      expect(exported.features).to.have.lengthOf(numberMatched);
    });
  }

  it('takes the same filter in either language, with positions in degrees only', async () => {
    const inText = 'killed BETWEEN 5 AND 10 AND S_INTERSECTS(geometry, BBOX(-5, 13, 1, 17))';
    const inJson = {
      op: 'and',
      args: [
        { op: 'between', args: [{ property: 'killed' }, 5, 10] },
        { op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [-5, 13, 1, 17] }] },
      ],
    };
    const crs = { 'filter-crs': 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' };
    const one = await items('attacks', query(inText, 'cql2-text', crs));
    const other = await items('attacks', query(JSON.stringify(inJson), 'cql2-json'));
    expect(one.numberMatched).to.be.greaterThan(0);
    expect(other.features).to.deep.equal(one.features);
    const elsewhere = await fetch(
      `${server.url}/collections/attacks/items?${query(inText, 'cql2-text', { 'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/3857' })}`,
    );
    expect(elsewhere.status).to.equal(400);
  });

  it('selects lines and polygons, too', async () => {
    for (const [layer, filter] of [
      [
        'control_areas',
        "S_OVERLAPS(geometry, BBOX(-4, 14, 0, 17)) AND T_INTERSECTS(valid, INTERVAL('2022-01-01', '..'))",
      ],
      ['corridors', 'S_CROSSES(geometry, BBOX(-4, 14, 0, 17)) OR S_DWITHIN(geometry, POINT(0 18), 100000)'],
    ] as const) {
      const whole = await items(layer, 'limit=1');
      const { numberMatched } = await items(layer, query(filter, undefined, { limit: '1' }));
      expect(numberMatched, layer).to.be.within(1, whole.numberMatched - 1);
    }
  });

  it('compares every layer that is served with any shape', async () => {
    const shapes = ['BBOX(-4, 14, 0, 17)', 'LINESTRING(-5 12, 3 19)', 'MULTIPOINT((-4.2 14.5), (0 16.3))'];
    const tests = SPATIAL.flatMap((op) => shapes.map((shape) => `${op.toUpperCase()}(geometry, ${shape})`));
    const filter = `${tests.join(' OR ')} OR S_DWITHIN(geometry, ${shapes[1]}, 1000)`;
    for (const { id } of server.context.catalogue().layers) {
      const response = await fetch(`${server.url}/collections/${id}/items?${query(filter, undefined, { limit: '1' })}`);
      expect(response.status, id).to.equal(200);
      await response.arrayBuffer();
    }
  });

  it('says at which place of a filter in JSON something else was due', async () => {
    const filter = JSON.stringify({ op: 'and', args: [{ op: '=', args: [{ property: 'killed' }, 'many'] }, true] });
    const response = await fetch(`${server.url}/collections/attacks/items?${query(filter, 'cql2-json')}`);
    expect(response.status).to.equal(400);
    const problem = (await response.json()) as { errors: { parameter: string; pointer: string }[] };
    expect(problem.errors[0]).to.include({ parameter: 'filter', pointer: '/args/0/args/1' });
  });

  it('answers whatever it is sent with records or with what is wrong', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(attempt, async ({ lang, filter }) => {
        fc.pre(filter.length < 3_000);
        // The generated filters are about other fields: those that both have are left, the others are a kind of text.
        const own = filter.replaceAll(/share|precision_m/g, 'injured').replaceAll(/commodities|wanted/g, 'facts');
        const response = await fetch(`${server.url}/collections/attacks/items?${query(own, lang, { limit: '5' })}`);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(response.status, `${lang} ${own}`).to.be.oneOf([200, 400]);
        await response.arrayBuffer();
      }),
      { numRuns: 400 },
    );
    expect(statuses.get(200)).to.be.greaterThan(10);
    expect(statuses.get(400)).to.be.greaterThan(10);
  });
});

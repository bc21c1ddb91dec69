import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { LayerRecord } from '../../server/core/record.ts';
import { openDatabase } from '../../server/db/database.ts';
import { fromMojibake } from '../../server/ingest/text/mojibake.ts';
import { publish } from '../../server/jobs/publish.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { eventRecord } from '../support/layers.ts';
import { check, codes, layerWith, point, stageRows } from '../support/staging.ts';

const LAYER = layerWith({});
const column = (name: string) => ({ column: name });

/** As for a table of millions, whatever the size. */
const PARALLEL = {
  min_parallel_table_scan_size: '0',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  max_parallel_workers_per_gather: '2',
};

describe('checks side by side', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const query = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });

  /** The same database, in which PostgreSQL divides whatever can be divided. */
  async function divided<T>(work: (parallel: TestDatabase) => Promise<T>): Promise<T> {
    const [row] = await query<{ name: string }>('SELECT current_database() AS name');
    for (const [name, value] of Object.entries(PARALLEL))
      await query(`ALTER DATABASE ${row?.name} SET ${name} = '${value}'`);
    const lanes = openDatabase(database.connection, () => undefined);
    try {
      return await work({ ...database, ...lanes });
    } finally {
      await lanes.close();
      for (const name of Object.keys(PARALLEL)) await query(`ALTER DATABASE ${row?.name} RESET ${name}`);
    }
  }

  it('call no function in parallel that catches errors: PostgreSQL 15 would refuse the whole statement', async () => {
    const rows = await query<{ name: string; parallel: string }>(
      `SELECT proname AS name, proparallel AS parallel FROM pg_proc
        WHERE pronamespace = 'azalai'::regnamespace AND prosrc ~ 'EXCEPTION\\s+WHEN' ORDER BY oid`,
    );
    expect(rows.map(({ name }) => name)).to.include.members(['to_wgs84', 'join_pieces']);
    expect(rows.filter(({ parallel }) => parallel !== 'u')).to.deep.equal([]);
  });

  it('come to the same as one after the other', async () => {
    const texts = ['TombouctouÃ©', ' Gao ', '', '\u00a0', 'x', 'NA', 'Ã\u0081'];
    const days = [
      '2022-05-01',
      '2022-02-29',
      '2020-02-29',
      '2022-04-31',
      '2022-12-31',
      '31/12/2022',
      '2022',
      'soon',
      '1899-01-01',
    ];
    const numbers = ['7', '1 234', '12.0', '12,5', '-3', '1234567890123456789', 'many', '', '007'];
    const rows = Array.from({ length: 400 }, (_, n) =>
      point(-4 + n / 100, 14, {
        kind: ['a', 'B', 'none', 'c'][n % 4],
        day: days[n % days.length],
        killed: numbers[n % numbers.length],
        note: texts[n % texts.length],
        n,
      }),
    );
    const given = {
      layer: LAYER,
      mapping: {
        fields: { kind: column('kind'), killed: column('killed') },
        record: {
          valid_from: column('day'),
          valid_to: column('day'),
          note: column('note'),
          locator: column('note'),
          source: { constant: ' a source ' },
          handling: { constant: 'public' },
        },
      },
    };
    const staged = await stageRows(database, rows);
    const alone = await check(database, staged, given);
    const plan = await divided(async (parallel) => {
      const together = await check(parallel, staged, given);
      expect(together).to.deep.equal(alone);
      const lines = await parallel.run<Record<string, string>>({
        text: `EXPLAIN SELECT azalai.from_mojibake(properties ->> 'note') FROM staging."${staged.upload.replaceAll('-', '')}_read"`,
        values: [],
      });
      return lines.map((line) => Object.values(line)[0]).join('\n');
    });
    expect(plan).to.include('Parallel');
    expect(alone.account.issues.map(({ code }) => code)).to.include.members([
      'mojibake',
      'date-invalid',
      'number-invalid',
    ]);
    // What is the same for all records is said of each.
    expect(alone.records[0]).to.include({ source: ' a source ', handling: 'public', killed: 7 });
    const [leap, wrong] = [alone.records[2], alone.records[3]] as Record<string, unknown>[];
    expect(leap).to.include({ from: '2020-02-29', to: '2020-03-01', outcome: 'unchanged' });
    expect(wrong).to.include({ from: null, outcome: 'quarantined' });
  });

  it('of a file in another reference system are done by one process', async () => {
    // Metres so few that the reading takes them for degrees.
    const rows = Array.from({ length: 50 }, (_, n) => point(n, 14, { kind: 'a', n }));
    const staged = await stageRows(database, rows, 3857);
    const checked = await divided((parallel) =>
      check(parallel, staged, { layer: layerWith({ time: null }), mapping: { crs: 3857, fields: {} } }),
    );
    expect(checked.account).to.include({ read: 50, unchanged: 50 });
    expect(checked.records[9]?.geom).to.equal('POINT(0.00008 0.00013)');
  });

  it('mend text in a wrong encoding as the reading knows it', async () => {
    const [row] = await query<{ mended: string }>(
      `SELECT azalai.from_mojibake('TombouctouÃ© Ã‰cole â€™ Ã\u0081frica É°') AS mended`,
    );
    expect(row?.mended).to.equal('Tombouctoué École ’ África É°');
    const part = fc.constantFrom('Ã©', 'Ã', '©', 'â€™', 'â€', 'É°', 'Ø§', 'x', ' ', 'Å“', 'Ÿ', 'ô€€€', 'ð');
    const texts = fc.sample(fc.array(part, { maxLength: 6 }), { numRuns: 300, seed: 7 }).map((parts) => parts.join(''));
    const mended = await query<{ text: string; mended: string | null }>(
      'SELECT text, azalai.from_mojibake(text) AS mended FROM unnest($1::text[]) AS given (text)',
      texts,
    );
    for (const { text, mended: by } of mended) {
      const known = fromMojibake(text);
      // The reading gives a run of signs up when one of them is in no code page; the database looks at its beginning too.
      if (known !== null) expect(by, JSON.stringify(text)).to.equal(known);
    }
  });

  it('say where too many records are together to be compared', async () => {
    const rows = Array.from({ length: 102 }, (_, n) => point(-4, 14, { kind: 'a', day: '2022-05-01', n }));
    const mapping = { fields: { kind: column('kind') }, record: { valid_from: column('day') } };
    const { issues } = await check(database, await stageRows(database, rows), { layer: LAYER, mapping });
    expect(codes(issues)).to.deep.equal([[null, 'duplicate-near-crowd', 'note']]);
    expect(issues[0]?.value).to.match(/places, up to 102 records$/);
    const fewer = await check(database, await stageRows(database, rows.slice(0, 100)), { layer: LAYER, mapping });
    expect(fewer.account.issues).to.deep.equal([{ code: 'duplicate-near', severity: 'warning', count: 99 }]);
  });

  it('find near records of more than one cell of longitude near the pole', async () => {
    const rows = [0, 0.04].map((east) => point(20 + east, 79, { kind: 'a', day: '2022-05-01', east }));
    const { issues } = await check(database, await stageRows(database, rows), {
      layer: LAYER,
      mapping: { fields: { kind: column('kind') }, record: { valid_from: column('day') } },
    });
    expect(codes(issues)).to.deep.equal([[2, 'duplicate-near', 'warning']]);
  });
});

describe('the place of a name', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  it('is inside, and nearly as deep as the largest circle, of outlines with many corners too', async () => {
    // Stars whose points reach out by chance, one with a lake in the middle, a line of a polygon, one that crosses itself.
    const [row] = await database.run<Record<string, number>>({
      text: `WITH star AS (
          SELECT n, ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))) AS shape FROM (
            SELECT n, ST_MakeLine(ST_MakePoint(1000 * n + r * cos(radians(a * 0.9)), r * sin(radians(a * 0.9))) ORDER BY a) AS line
            FROM generate_series(1, 40) AS n, generate_series(0, 399) AS a,
              LATERAL (SELECT 300 * (0.6 + 0.4 * ((n * 7919 + a * 104729) % 1000) / 1000.0) AS r) AS radius GROUP BY n) AS lines),
        given AS (
          SELECT shape FROM star UNION ALL
          SELECT ST_Difference(shape, ST_Buffer(ST_Centroid(shape), 12, 4)) FROM star WHERE n <= 10 UNION ALL
          SELECT ST_MakeEnvelope(0, 0, 1000, 1) UNION ALL
          SELECT ST_Segmentize(ST_MakeEnvelope(0, 0, 1000, 1), 2)),
        placed AS (SELECT shape, azalai.label_point(shape) AS label FROM given)
        SELECT count(*) AS shapes, count(*) FILTER (WHERE ST_Contains(shape, label)) AS inside,
          min(ST_Distance(label, ST_Boundary(shape)) / (ST_MaximumInscribedCircle(shape)).radius) AS least
        FROM placed`,
      values: [],
    });
    expect(row).to.include({ shapes: 52, inside: 52 });
    expect(row?.least).to.be.greaterThan(0.8);
    const [crossing] = await database.run<{ inside: boolean }>({
      text: `SELECT ST_Intersects(ST_MakeValid(shape), azalai.label_point(shape)) AS inside
        FROM (SELECT ST_GeomFromText('POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))') AS shape) AS given`,
      values: [],
    });
    expect(crossing?.inside).to.equal(true);
  });

  it('and its area in one piece, of several parts too: tiles need not join them again', async () => {
    const layer = layerWith({ id: 'areas', geometry: 'polygon' });
    const square = (lon: number) => [
      [lon, 14],
      [lon + 0.4, 14],
      [lon + 0.4, 14.4],
      [lon, 14.4],
      [lon, 14],
    ];
    const geometry = { type: 'MultiPolygon', coordinates: [[square(-4)], [square(-3)]] } as const;
    const record = { ...eventRecord(1, 0, 0), geometry } as unknown as LayerRecord;
    await database.transaction((run) => publish(run, layer, [record], { generation: 1, seedHash: null }));
    const rows = await database.run<{ band: number; parts: number }>({
      text: 'SELECT band, ST_NumGeometries(geom_3857) AS parts FROM layer.areas_1_band ORDER BY band',
      values: [],
    });
    expect(rows).to.deep.equal([0, 1, 2, 3, 4, 5].map((band) => ({ band, parts: 2 })));
  });
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { type Mapping, MappingSchema } from '../../../server/core/mapping.ts';
import { type Proposal, proposeMapping } from '../../../server/ingest/propose-mapping.ts';
import { reportOn } from '../../../server/ingest/report.ts';
import { LIMITS } from '../../../server/ingest/source.ts';
import { openFile } from '../../../server/jobs/import/open-file.ts';
import { inMemory } from '../../support/readings.ts';

const DATA = path.resolve(import.meta.dirname, '../../../../shared/data');

async function proposed(name: string, text: string, layers: readonly string[] = []): Promise<Proposal> {
  const report = await reportOn(inMemory(text, name), LIMITS, { today: '2026-11-21' });
  return checked(
    proposeMapping({ report, fileName: name, layers: layers.map((id) => ({ id }) as Layer), upload: 'u' }),
  );
}

function checked(proposal: Proposal): Proposal {
  const { target, fields } = MappingSchema.parse(proposal.mapping);
  if (target.mode === 'new') {
    LayerSchema.parse({ ...target.layer, data: 'documented/x.geojson' });
    expect(target.layer.fields.map(({ name }) => name)).to.have.members(Object.keys(fields));
  }
  return proposal;
}

function layerOf({ target }: Mapping): Omit<Layer, 'data'> {
  if (target.mode !== 'new') throw new Error(`not a new layer: ${target.mode}`);
  return target.layer;
}

function shared(context: Mocha.Context, name: string): string {
  const file = path.join(DATA, name);
  if (!existsSync(file)) {
    console.log(`      ${name} is not in ../shared/data`);
    context.skip();
  }
  return file;
}

/** Invented: no row of ACLED is in this project. */
const ACLED = [
  'event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp',
  'MLI1,2023-03-01,2023,1,Political violence,Explosions/Remote violence,Remote explosive/landmine/IED,Group A,,3,Group B,,1,13,,466,Western Africa,Mali,Mopti,Bandiagara,Doucoumbo,Doucoumbo,14.3,-3.8,1,Invented,Local,An invented event.,2,,1678800000',
  'MLI2,2023-03-02,2023,2,Political violence,Battles,Armed clash,Group A,,3,Group B,,1,13,,466,Western Africa,Mali,Gao,Ansongo,Ansongo,Ansongo,15.6,0.5,2,Invented,Local,Another one.,0,,1678800001',
];

describe('ACLED', () => {
  it('becomes a layer of its own that may not be passed on, with the kinds of this map', async () => {
    const { mapping, profile } = await proposed('acled.csv', ACLED.join('\n'));
    const layer = layerOf(mapping);
    expect(profile).to.equal('acled');
    expect(layer.licence.redistribution).to.equal(false);
    expect(layer).to.deep.include({ id: 'acled', kind: 'kind', measures: ['killed'], time: 'instant' });
    const { kind } = mapping.fields as Record<
      string,
      { column: string; values: Record<string, string>; otherwise: string }
    >;
    const read = (text: string) => kind?.values[text.toLowerCase()] ?? kind?.otherwise;
    expect(
      [
        'Remote explosive/landmine/IED',
        'Suicide bomb',
        'Shelling/artillery/missile attack',
        'Armed clash',
        'Attack',
        'Looting',
      ].map(read),
    ).to.deep.equal(['ied', 'ied', 'indirect_fire', 'small_arms', 'small_arms', 'other']);
    expect(mapping.record.record_id).to.deep.equal({ column: 'event_id_cnty' });
    expect(mapping.regions).to.deep.equal([
      { column: 'admin1', level: 1 },
      { column: 'admin2', level: 2 },
    ]);
  });

  it('is mapped alike as the JSON that its interface gives', async () => {
    const [names = [], ...rows] = ACLED.map((line) => line.split(','));
    const data = rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
    const answer = JSON.stringify({ status: 200, success: true, count: data.length, data });
    for (const layers of [[], ['acled']]) {
      expect(await proposed('acled.json', answer, layers)).to.deep.equal(
        await proposed('acled.json', ACLED.join('\n'), layers),
      );
    }
  });

  it('replaces what has a newer timestamp where the layer is there', async () => {
    const { mapping } = await proposed('acled.csv', ACLED.join('\n'), ['acled']);
    expect(mapping.target).to.deep.equal({ mode: 'upsert', collection: 'acled', newer: 'timestamp' });
  });

  it('takes out the ids of a file of deleted ones, and only from a layer that is there', async () => {
    const text = 'event_id_cnty,deleted_timestamp\nMLI1,1700000000\nMLI7,1700000001\n';
    const { mapping, profile } = await proposed('deleted.csv', text, ['acled']);
    expect(profile).to.equal('acled');
    expect(mapping.target).to.deep.equal({ mode: 'delete', collection: 'acled' });
    expect(mapping.record).to.deep.equal({ record_id: { column: 'event_id_cnty' } });
    expect((await proposed('deleted.csv', text)).profile).to.equal(null);
  });
});

describe('UCDP GED', () => {
  const columnOf = (mapping: Mapping, field: string) =>
    (mapping.fields[field] as { column: string } | undefined)?.column;

  it('is known by its 49 columns', async function run() {
    const file = shared(this, 'ucdp_ged_231_sample.csv');
    const opened = await openFile(file);
    const report = await reportOn(opened, LIMITS, { today: '2026-11-21' });
    await opened.close();
    const { mapping, profile } = checked(proposeMapping({ report, fileName: 'ged.csv', layers: [], upload: 'u' }));
    expect(profile).to.equal('ucdp-ged');
    expect(layerOf(mapping)).to.deep.include({ id: 'ucdp_ged', time: 'interval', kind: 'kind', measures: ['killed'] });
    expect(layerOf(mapping).licence).to.include({ name: 'CC BY 4.0', redistribution: true });
    expect(columnOf(mapping, 'killed')).to.equal('best');
    expect(mapping.record.valid_to).to.deep.equal({ column: 'date_end' });
  });

  it('is known without its header, by what stands where', async function run() {
    const lines = readFileSync(shared(this, 'ucdp_ged_231_sample.csv'), 'utf8').split('\n');
    const { mapping, profile } = await proposed('ged.csv', lines.slice(1).join('\n'));
    expect(profile).to.equal('ucdp-ged');
    const columns = (lines[0] ?? '').split(',').map((name) => JSON.parse(name) as string);
    for (const [field, name] of Object.entries({
      kind: 'type_of_violence',
      actor: 'side_a',
      target: 'side_b',
      killed: 'best',
      killed_low: 'low',
    })) {
      expect(columnOf(mapping, field), field).to.equal(`c${columns.indexOf(name) + 1}`);
    }
    expect(mapping.record.valid_from).to.deep.equal({ column: `c${columns.indexOf('date_start') + 1}` });
  });

  /** As older versions have it: one number for each conflict, dyad and side, one text of sources, no description. */
  const OLDER = [
    ...[
      'id',
      'relid',
      'year',
      'active_year',
      'type_of_violence',
      'conflict_id',
      'conflict_name',
      'dyad_id',
      'dyad_name',
    ],
    ...['side_a_id', 'side_a', 'side_b_id', 'side_b', 'number_of_sources', 'source_article', 'where_prec'],
    ...['where_coordinates', 'adm_1', 'adm_2', 'latitude', 'longitude', 'geom_wkt', 'priogrid_gid', 'country'],
    ...['country_id', 'region', 'event_clarity', 'date_prec', 'date_start', 'date_end', 'deaths_a', 'deaths_b'],
    ...['deaths_civilians', 'deaths_unknown', 'best_est', 'low_est', 'high_est', 'gwnoa'],
  ];
  const older = (n: number) =>
    [
      ...[n, `MLI-${n}`, 2012, 1, 1, 11347, 'Mali: Azawad', 900, 'Mali - MNLA', 72, 'Government of Mali', 1163, 'MNLA'],
      ...[
        2,
        `"Reuters ${n}"`,
        1,
        `Town ${n}`,
        'Gao region',
        'Ansongo',
        15.5 + n / 10,
        0.5,
        `POINT (0.5 ${15.5 + n / 10})`,
      ],
      ...[152000 + n, 'Mali', 432, 'Africa', 1, 1, `2012-02-0${n}`, `2012-02-0${n}`, 1, 2, 0, 0, 3, 3, 4, 432],
    ].join(',');
  const rows = [1, 2, 3, 4, 5, 6, 7].map(older);

  it('is known by the columns of older versions, with and without their header', async () => {
    expect(OLDER).to.have.length(38);
    const withHeader = await proposed('ged15.csv', [OLDER.join(','), ...rows].join('\n'));
    expect(withHeader.profile).to.equal('ucdp-ged');
    expect(columnOf(withHeader.mapping, 'killed')).to.equal('best_est');
    expect(columnOf(withHeader.mapping, 'killed_low')).to.equal('low_est');

    const bare = await proposed('ged15.csv', rows.join('\n'));
    expect(bare.profile).to.equal('ucdp-ged');
    for (const [field, name] of Object.entries({
      kind: 'type_of_violence',
      actor: 'side_a',
      target: 'side_b',
      killed: 'best_est',
      conflict: 'conflict_name',
    })) {
      expect(columnOf(bare.mapping, field), field).to.equal(`c${OLDER.indexOf(name) + 1}`);
    }
    expect(bare.mapping.record).to.deep.include({ valid_to: { column: `c${OLDER.indexOf('date_end') + 1}` } });
    // Which of the two is the high one is not known: both are kept, and neither is called so.
    expect(bare.mapping.fields).not.to.have.any.keys('killed_low', 'killed_high');
    for (const [field, name] of Object.entries({
      killed_other: 'low_est',
      killed_another: 'high_est',
      place: 'where_coordinates',
      admin1: 'adm_1',
      admin2: 'adm_2',
    })) {
      expect(columnOf(bare.mapping, field), field).to.equal(`c${OLDER.indexOf(name) + 1}`);
    }
    expect(bare.mapping.record.precision_m).to.include({ column: `c${OLDER.indexOf('where_prec') + 1}` });
  });

  it('has its places described in some of them', async () => {
    const after = OLDER.indexOf('where_coordinates') + 1;
    const described = rows.map((row, n) => {
      const cells = row.split(',');
      // The text of sources has no comma here.
      cells.splice(after, 0, `near town ${n}`);
      return cells.join(',');
    });
    const { mapping } = await proposed('ged18.csv', described.join('\n'));
    expect(columnOf(mapping, 'where_described')).to.equal(`c${after + 1}`);
    expect(columnOf(mapping, 'place')).to.equal(`c${after}`);
    expect(mapping.record.precision_m).to.include({ column: `c${after - 1}` });
  });

  it('is no table of the same width with other things in it', async () => {
    const other = [1, 2, 3].map((n) =>
      Array.from({ length: 38 }, (_, at) => (at === 20 ? `POINT (1 ${n})` : n + at)).join(','),
    );
    expect((await proposed('other.csv', other.join('\n'))).profile).to.equal(null);
  });
});

describe('IPIS', () => {
  it('has a record for each visit, which holds until the next of its site', async () => {
    const { mapping, profile } = await proposed(
      'ipis.csv',
      'vid,pcode,visit_date,name,longitude,latitude,province,workers_numb,mineral1,interference,armed_group1\n1,codmine1,2019-05-01,Mine A,28.1,-2.1,Sud-Kivu,40,Or,1,\n2,codmine1,2020-05-01,Mine A,28.1,-2.1,Sud-Kivu,60,Or,0,\n',
    );
    expect(profile).to.equal('ipis');
    expect(mapping.record.record_id).to.deep.equal({ column: 'vid' });
    expect(mapping.fields).to.deep.include({ site: { column: 'pcode' }, workers: { column: 'workers_numb' } });
    expect(mapping.succession).to.equal('site');
    expect(mapping.record).not.to.have.property('valid_to');
    expect(layerOf(mapping)).to.deep.include({
      ...{ id: 'ipis_visits', group: 'mining', time: 'interval', measures: ['workers'] },
    });
  });
});

describe('COD-AB', () => {
  const ring = [
    [0, 15],
    [1, 15],
    [1, 16],
    [0, 15],
  ];
  const collection = (properties: object) => {
    const features = [1, 2, 3].map((n) => ({
      type: 'Feature',
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, `${value}${n}`])),
      geometry: { type: 'Polygon', coordinates: [ring.map(([x = 0, y = 0]) => [x + n, y])] },
    }));
    return JSON.stringify({ type: 'FeatureCollection', features });
  };

  for (const [spelling, name, code] of [
    ['the French one', 'ADM1_FR', 'ADM1_PCODE'],
    ['that of shapefiles', 'admin1Name', 'admin1Pcod'],
    ['the small one', 'adm1_name', 'adm1_pcode'],
  ] as const) {
    it(`is known by its columns in ${spelling}`, async () => {
      const { mapping, profile } = await proposed('adm.geojson', collection({ [name]: 'Gao', [code]: 'ML0' }));
      expect(profile).to.equal('cod-ab');
      expect(mapping.fields).to.deep.include({
        name: { column: name },
        pcode: { column: code },
        level: { constant: 1 },
      });
    });
  }

  it('is the deepest level that has both, of its country, and replaces the layer that is there', async function run() {
    const of = async (layers: string[]) => {
      const file = await openFile(shared(this, 'mli_adm2.geojson'));
      const report = await reportOn(file, LIMITS, { today: '2026-11-21' });
      await file.close();
      return checked(
        proposeMapping({ report, fileName: file.name, layers: layers.map((id) => ({ id }) as Layer), upload: 'u' }),
      );
    };
    const { mapping, profile } = await of([]);
    expect(profile).to.equal('cod-ab');
    expect(layerOf(mapping)).to.deep.include({ id: 'admin2_ml', role: 'boundaries' });
    expect(mapping.fields).to.deep.include({ name: { column: 'admin2Name' }, parent: { column: 'admin1Pcod' } });
    expect((await of(['admin2_ml'])).mapping.target).to.deep.equal({ mode: 'replace', collection: 'admin2_ml' });
  });

  it('is not a table of points that name their region', async () => {
    const text = 'ADM1_FR,ADM1_PCODE,lat,lon\nGao,ML07,16,0\nGao,ML07,16.1,0\n';
    expect((await proposed('points.csv', text)).profile).to.equal(null);
  });
});

describe('HXL', () => {
  it('tells columns by their tags where these are all the header there is', async () => {
    const rows = Array.from(
      { length: 9 },
      (_, n) => `2023-01-0${n + 1},${n % 2 ? 'raid' : 'ied'},Gao,16.${n},0.1,${n},MSF`,
    );
    const { mapping, profile } = await proposed(
      'hxl.csv',
      ['#date+occurred,#event+type,#adm1+name,#geo+lat,#geo+lon,#affected+killed,#meta+source', ...rows].join('\n'),
    );
    expect(profile).to.equal('hxl');
    expect(mapping.record).to.deep.include({
      valid_from: { column: '#date+occurred' },
      locator: { column: '#meta+source' },
    });
    expect(mapping.fields).to.deep.include({ kind: { column: '#event+type' }, killed: { column: '#affected+killed' } });
    expect(mapping.regions).to.deep.equal([{ column: '#adm1+name', level: 1 }]);
    expect(layerOf(mapping)).to.deep.include({ kind: 'kind', measures: ['killed'], time: 'instant' });
  });

  it('tells them by tags below other names too', async () => {
    const { mapping, profile } = await proposed(
      'hxl.csv',
      'Quand,Où lat,Où lon,Morts\n#date+occurred,#geo+lat,#geo+lon,#affected+killed\n2023-01-01,16.1,0.1,3\n2023-01-02,16.2,0.2,4\n',
    );
    expect(profile).to.equal('hxl');
    expect(mapping.record).to.deep.include({ valid_from: { column: 'Quand' } });
    expect(mapping.fields).to.deep.include({ killed: { column: 'Morts' } });
    expect(layerOf(mapping).geometry).to.equal('point');
  });
});

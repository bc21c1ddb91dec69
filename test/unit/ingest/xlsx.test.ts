import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { fromSerial, shownByCode } from '../../../server/ingest/xlsx/serial-date.ts';
import { xlsx } from '../../../server/ingest/xlsx.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';
import { raw, type Value, workbook } from '../../support/xlsx.ts';
import { type ZipMember, zip } from '../../support/zip.ts';

const read = (members: readonly ZipMember[], limits: Partial<Limits> = {}) =>
  readAll(xlsx, inMemory(zip(members), 'sent.xlsx'), limits);
const rowsOf = async (rows: readonly (readonly Value[])[], options = {}) =>
  (await read(workbook({ Sites: rows }, options))).features.map(({ properties }) => Object.values(properties));

describe('Excel workbooks', () => {
  it('give each sheet as a table, its rows under the names of their columns', async () => {
    const all = await read(
      workbook({
        Sites: [
          ['Inventory of sites'],
          [],
          ['name', 'lat', 'name', null, 'open'],
          ['Ménaka', 15.9, 'x', 'y', true],
          [],
          [null, 16],
        ],
        'Other &amp; more': [
          ['a', 'b'],
          ['1', 2],
        ],
      }),
    );
    expect(all.layers).to.deep.equal([
      { name: 'Sites', crs: null, columns: ['name', 'lat', 'name_2', 'column_4', 'open'] },
      { name: 'Other & more', crs: null, columns: ['a', 'b'] },
    ]);
    expect(all.features).to.deep.equal([
      {
        index: 1,
        place: { part: 'Sites', line: 4 },
        id: null,
        geometry: null,
        properties: { name: 'Ménaka', lat: 15.9, name_2: 'x', column_4: 'y', open: true },
      },
      {
        index: 2,
        place: { part: 'Sites', line: 6 },
        id: null,
        geometry: null,
        properties: { name: null, lat: 16, name_2: null, column_4: null, open: null },
      },
      { index: 3, place: { part: 'Other & more', line: 2 }, id: null, geometry: null, properties: { a: '1', b: 2 } },
    ]);
    expect(all.issues.map(({ code, place, value }) => [code, place.line, value])).to.deep.equal([
      ['rows-above-header', 1, 'Inventory of sites'],
    ]);
  });

  it('hold dates as days, moments and times', async () => {
    const styled = (value: number, style: number) => raw(`<c s="${style}"><v>${value}</v></c>`);
    const rows = [
      ['day', 'moment', 'own', 'time', 'plain', 'iso', 'formula', 'inline'],
      [
        styled(40999, 1),
        styled(40999.75, 2),
        styled(40999, 3),
        styled(0.5, 4),
        styled(40999, 0),
        raw('<c t="d"><v>2012-03-31</v></c>'),
        raw('<c t="str"><f>A1</f><v>made</v></c>'),
        raw('<c t="inlineStr"><is><t>in</t><t>line</t></is></c>'),
      ],
    ];
    expect(await rowsOf(rows)).to.deep.equal([
      ['2012-03-31', '2012-03-31T18:00:00', '2012-03-31', '12:00:00', 40999, '2012-03-31', 'made', 'inline'],
    ]);
    const [apple] = await rowsOf(rows, { book: '<workbookPr date1904="1"/>' });
    expect(apple?.[0]).to.equal('2016-04-01');
    expect([1, 59, 61].map((serial) => fromSerial(serial, 'date', false))).to.deep.equal([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
    ]);
    expect([-1, 3e6, 0.999999].map((serial) => fromSerial(serial, 'date', false))).to.deep.equal([
      -1,
      3e6,
      '1900-01-01',
    ]);
    expect(
      [
        '0.00',
        '[Red]0',
        '"day" 0',
        'yyyy\\-mm',
        '[h]:mm',
        'd/m/yy h:mm',
        'General',
        'mmm',
        '0.00E+00',
        '#,##0 [$DKK]',
      ].map(shownByCode),
    ).to.deep.equal(['number', 'number', 'number', 'date', 'time', 'datetime', 'number', 'date', 'number', 'number']);
  });

  it('are read by their HXL tags where they have any', async () => {
    const all = await read(
      workbook({
        S: [
          ['Title', 'of it'],
          ['Region', 'Latitude', 'Note'],
          ['#adm1 +code', '#geo+lat', null],
          ['ML01', 14, 'x'],
        ],
      }),
    );
    expect(all.layers[0]?.columns).to.deep.equal(['Region', 'Latitude', 'Note']);
    expect(all.features.map(({ properties }) => properties)).to.deep.equal([
      { Region: 'ML01', Latitude: 14, Note: 'x' },
    ]);
    expect(all.issues.map(({ code, value }) => [code, value])).to.deep.equal([
      ['hxl', '#adm1+code,#geo+lat,'],
      ['rows-above-header', 'Title of it'],
    ]);
  });

  it('without a heading, with errors, with notes beside the table, or hidden, say so', async () => {
    expect(
      codes(
        await read(
          workbook({
            S: [
              [1, 2],
              [3, 4],
            ],
          }),
        ),
      ),
    ).to.deep.equal(['no-header']);
    const messy = await read(
      workbook({
        S: [
          ['a', 'b'],
          [1, raw('<c t="e"><v>#REF!</v></c>'), 'aside'],
          [raw('<c t="s"><v>99</v></c>'), 1],
        ],
      }),
    );
    expect(codes(messy)).to.deep.equal(['cells-beside', 'cell-errors']);
    expect(messy.features.map(({ properties }) => properties)).to.deep.equal([
      { a: 1, b: null },
      { a: null, b: 1 },
    ]);
    const hidden = await read(
      workbook(
        {
          S: [
            ['a', 'b'],
            [1, 2],
          ],
          lists: [['x', 'y']],
        },
        { state: 'state="hidden"' },
      ),
    );
    expect(codes(hidden)).to.deep.equal(['hidden-sheet']);
    expect((await read(workbook({ S: [] }))).features).to.deep.equal([]);
  });

  it('are read row by row, more than are looked at beforehand', async () => {
    const rows = [['n', 'text'], ...Array.from({ length: 500 }, (_, index) => [index, `t${index}`])];
    const all = await rowsOf(rows);
    expect(all).to.have.length(500);
    expect(all[499]).to.deep.equal([499, 't499']);
  });

  it('that are none, old, or locked, say so', async () => {
    expect((await failure(read([{ name: 'word/document.xml', content: '<a/>' }]))).message).to.contain(
      'no Excel workbook',
    );
    const old = await failure(readAll(xlsx, inMemory(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls')));
    expect(old).to.be.instanceOf(UnreadableFile);
    expect(old.message).to.contain('password');
  });

  it('end at the limits', async () => {
    const long = workbook({
      S: [
        ['a', 'b'],
        ['x'.repeat(900), 'y'.repeat(900)],
        [1, 2],
      ],
    });
    for (const [limits, named] of [
      [{ recordBytes: 1000 }, 'recordBytes'],
      [{ features: 1 }, 'features'],
      [{ depth: 3 }, 'depth'],
      [{ unpackedBytes: 500 }, 'unpackedBytes'],
    ] as const) {
      const error = await failure(read(long, limits));
      expect(error, named).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
  });

  it('that are spoilt in any way give readings, a limit or a reason', async () => {
    const good = workbook({
      S: [['T'], ['a', 'b'], ['#x', '#y'], ['é', 1.5], [raw('<c s="1"><v>40999</v></c>'), true]],
      Two: [
        ['c', 'd'],
        [1, 2],
      ],
    });
    await expectNoSurprise([zip(good)], (bytes) => readAll(xlsx, inMemory(bytes, 'a.xlsx')));
    for (const part of good.slice(1)) {
      await expectNoSurprise(
        [Buffer.from(part.content)],
        (content) => read([...good.filter(({ name }) => name !== part.name), { name: part.name, content, method: 0 }]),
        400,
      );
    }
  }).timeout(60_000);

  it('are told by their members, or their name', () => {
    expect(xlsx.sniff(zip(workbook({ S: [] })), 'x')).to.equal(true);
    expect(xlsx.sniff(zip([{ name: 'a', content: '' }]), 'x.XLSX')).to.equal(true);
    expect(xlsx.sniff(zip([{ name: 'a.shp', content: '' }]), 'x.zip')).to.equal(false);
    expect(xlsx.sniff(Buffer.from('d0cf11e0', 'hex'), 'x.doc')).to.equal(false);
  });
});

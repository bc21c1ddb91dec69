import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, EVENTS_LAYER } from '../support/layers.ts';
import { check, codes, layerWith, point, stageRows } from '../support/staging.ts';

const TIMELESS = layerWith({ time: null });
const column = (name: string) => ({ column: name });
const field = (name: string, type: string) => ({ name, type, title: { en: name, fr: name } });

describe('values of staged records', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  it('fills the fields of the layer and what every record carries', async () => {
    const staged = await stageRows(database, [
      { ...point(-4, 14, { Kind: 'A', dead: ' 12 ', words: 'x; y', when: '2022-05-01' }), id: 'first' },
      point(-3, 15, { Kind: 'b', dead: 3, words: ['z'], when: '2022-05' }),
    ]);
    const { records, account, issues } = await check(database, staged, {
      layer: EVENTS_LAYER,
      mapping: {
        fields: { kind: column('Kind'), killed: column('dead'), tags: column('words') },
        record: { valid_from: column('when'), confidence: { constant: 'documented' } },
      },
    });
    expect(codes(issues).filter(([, code]) => code !== 'number-text')).to.deep.equal([]);
    expect(account).to.include({ read: 2, unchanged: 2, quarantined: 0 });
    const [first, second] = records;
    expect(first).to.include({ kind: 'a', record_id: 'first', from: '2022-05-01', to: '2022-05-02' });
    expect(Number(first?.killed)).to.equal(12);
    expect(first?.tags).to.deep.equal(['x', 'y']);
    expect(first).to.include({ geom: 'POINT(-4 14)', geom_before: null, date_precision: 'day' });
    expect(first).to.include({ confidence: 'documented', handling: 'public', locator: 'record 1' });
    expect(second).to.include({ kind: 'b', record_id: `${staged.upload.slice(0, 8)}-2`, date_precision: 'month' });
    expect(second).to.include({ from: '2022-05-01', to: '2022-06-01' });
    expect(second?.tags).to.deep.equal(['z']);
  });

  it('reads numbers as people write them, and says what is none', async () => {
    const layer = layerWith({
      time: null,
      fields: [...EVENTS.fields, field('size', 'number'), field('open', 'boolean')],
    });
    const texts = ['12', '1 234', '12.0', '12.5', 'many', 'NA', '99999999999999999999', '1e400'];
    const rows = texts.map((text, n) =>
      point(-4, 14 + n, { whole: text, size: text.replace('.', ','), open: n === 0 ? 'oui' : n }),
    );
    const { records, issues } = await check(database, await stageRows(database, rows), {
      layer,
      mapping: { fields: { killed: column('whole'), size: column('size'), open: column('open') } },
    });
    const numbers = records.map(({ killed, size }) => [killed === null ? null : Number(killed), size]);
    expect(numbers).to.deep.equal([
      [12, 12],
      [1234, null],
      [12, 12],
      [null, 12.5],
      [null, null],
      [null, null],
      [null, 1e20],
      [null, null],
    ]);
    expect(records.map(({ open }) => open).slice(0, 3)).to.deep.equal([true, true, null]);
    const invalid = issues.filter(({ code, pointer }) => code === 'number-invalid' && pointer === 'whole');
    expect(invalid.map(({ value }) => value)).to.deep.equal(['12.5', 'many', '99999999999999999999', '1e400']);
    expect(issues.find(({ code }) => code === 'category-unknown')).to.include({ idx: 3, value: '2', pointer: 'open' });
  });

  it('reads dates in their order, to the month and to the year, and the last day as belonging to the interval', async () => {
    const layer = layerWith({ time: 'interval' });
    const given: [string, string | null, string | null, string | null][] = [
      ['2022-05-31', '2022-06-30', '2022-05-31', '2022-07-01'],
      ['03/04/2020', null, '2020-04-03', null],
      ['2020/12/31 23:15', '2021-01', '2020-12-31', '2021-02-01'],
      ['12/31/2020', '2021', '2020-12-31', '2022-01-01'],
      ['1er août 2013', '3 Mar 2014', '2013-08-01', '2014-03-04'],
      ['04/2015', '20150430', '2015-04-01', '2015-05-01'],
      ['2016', null, '2016-01-01', null],
    ];
    const rows = given.map(([from, to], n) => point(-4, 10 + n, { from, to }));
    const { records, issues } = await check(database, await stageRows(database, rows), {
      layer,
      mapping: { record: { valid_from: column('from'), valid_to: column('to') } },
    });
    expect(records.map(({ from, to }) => [from, to])).to.deep.equal(given.map(([, , from, to]) => [from, to]));
    expect(codes(issues)).to.deep.equal([]);
    expect(records.map((record) => record.date_precision)).to.deep.equal([
      'day',
      'day',
      'day',
      'day',
      'day',
      'month',
      'year',
    ]);
    const american = await check(database, await stageRows(database, rows.slice(1, 2)), {
      layer,
      mapping: { dateOrder: 'month-day', endInclusive: false, record: { valid_from: column('from') } },
    });
    expect(american.records[0]).to.include({ from: '2020-03-04', to: null });
  });

  it('keeps out what has no date where the layer needs one, and what ends before it begins', async () => {
    const dates = [
      ['2022-02-30'],
      [null],
      ['2030-01-01'],
      ['2022-03-05', '2022-03-04'],
      ['2022-03-05', '2022-03-05'],
      ['2022-13'],
    ];
    const rows = dates.map(([from, to = null], n) => point(-4, 10 + n, { from, to }));
    const staged = await stageRows(database, rows);
    const mapping = { record: { valid_from: column('from'), valid_to: column('to') } };
    const { records, issues, account } = await check(database, staged, { layer: EVENTS_LAYER, mapping });
    expect(codes(issues)).to.deep.equal([
      [1, 'date-invalid', 'error'],
      [2, 'date-invalid', 'error'],
      [3, 'date-future', 'warning'],
      [4, 'interval-reversed', 'error'],
      [6, 'date-invalid', 'error'],
    ]);
    expect(account).to.include({ read: 6, unchanged: 2, quarantined: 4 });
    expect(records.map(({ outcome }) => outcome)).to.deep.equal([
      'quarantined',
      'quarantined',
      'unchanged',
      'quarantined',
      'unchanged',
      'quarantined',
    ]);
    const timeless = layerWith({ time: null, fields: [field('day', 'date')], kind: undefined, measures: [] });
    const mild = await check(database, staged, { layer: timeless, mapping: { fields: { day: column('from') } } });
    expect(codes(mild.issues)).to.deep.equal([
      [1, 'date-invalid', 'warning'],
      [6, 'date-invalid', 'warning'],
    ]);
    expect(mild.account).to.include({ read: 6, unchanged: 6 });
  });

  it('maps values, and says which have no place in a closed list', async () => {
    const rows = ['Explosion', 'EXPLOSION ', 'shot', 'B', 'else', null].map((kind, n) => point(-4, 10 + n, { kind }));
    const staged = await stageRows(database, rows);
    const values = { explosion: 'a', shot: null };
    const strict = await check(database, staged, {
      layer: TIMELESS,
      mapping: { fields: { kind: { column: 'kind', values } } },
    });
    expect(strict.records.map(({ kind }) => kind)).to.deep.equal(['a', 'a', null, null, null, null]);
    expect(strict.issues.map(({ idx, code, value }) => [idx, code, value])).to.deep.equal([
      [4, 'category-unknown', 'B'],
      [5, 'category-unknown', 'else'],
    ]);
    const open = await check(database, staged, {
      layer: TIMELESS,
      mapping: { fields: { kind: { column: 'kind', values, otherwise: 'b' } } },
    });
    expect(open.records.map(({ kind }) => kind)).to.deep.equal(['a', 'a', null, 'b', 'b', null]);
    const plain = await check(database, staged, { layer: TIMELESS, mapping: { fields: { kind: column('kind') } } });
    expect(plain.records[3]).to.include({ kind: 'b' });
    expect(plain.account.issues).to.deep.equal([{ code: 'category-unknown', severity: 'warning', count: 4 }]);
  });

  it('takes a handling that it does not know for restricted, and an empty one for that of the layer', async () => {
    const rows = ['internal', 'secret défense', null].map((handling, n) => point(-4, 10 + n, { handling }));
    const { records } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: { record: { handling: column('handling') } },
    });
    expect(records.map(({ handling }) => handling)).to.deep.equal(['internal', 'restricted', 'public']);
  });

  it('finds text of a wrong encoding, and turns it back when asked to', async () => {
    const rows = ['TombouctouÃ©', 'Ménaka', 'É° Ã', 'Kidal'].map((note, n) => point(-4, 10 + n, { note }));
    const staged = await stageRows(database, rows);
    const mapping = { record: { note: column('note') } };
    const asked = await check(database, staged, { layer: TIMELESS, mapping });
    expect(codes(asked.issues)).to.deep.equal([[1, 'mojibake', 'warning']]);
    expect(asked.records[0]).to.include({ note: 'TombouctouÃ©', outcome: 'unchanged' });
    const mended = await check(database, staged, { layer: TIMELESS, mapping: { ...mapping, repairs: ['mojibake'] } });
    expect(codes(mended.issues)).to.deep.equal([[1, 'mojibake', 'note']]);
    expect(mended.records.map(({ note }) => note)).to.deep.equal(['Tombouctoué', 'Ménaka', 'É° Ã', 'Kidal']);
    expect(mended.account).to.include({ read: 4, repaired: 1, unchanged: 3 });
  });

  it('cuts what is too long, and says of columns what the reading has found', async () => {
    const rows = ['x'.repeat(10_001), 'short'].map((note, n) => point(-4, 10 + n, { note, n: n === 0 ? 1 : '2' }));
    const { records, issues } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: { fields: { killed: column('n') }, record: { note: column('note') } },
    });
    expect(codes(issues)).to.deep.equal([
      [null, 'number-text', 'note'],
      [1, 'value-too-long', 'warning'],
    ]);
    expect(String(records[0]?.note)).to.have.length(10_000);
  });

  it('reads days and instants in the ways that people and programs write them, and raises no error', async () => {
    const read = async (what: 'day' | 'instant', texts: readonly string[], dayFirst = true) =>
      (
        await database.run<{ told: string | null }>({
          text: `SELECT to_char(azalai.read_${what}(given, $2) ${what === 'instant' ? "AT TIME ZONE 'UTC'" : ''}, 'YYYY-MM-DD HH24:MI:SS') AS told
            FROM unnest($1::text[]) WITH ORDINALITY AS given_texts (given, n) ORDER BY n`,
          values: [texts, dayFirst],
        })
      ).map(({ told }) => told?.replace(' 00:00:00', '') ?? null);
    const days = [
      '2020-02-29',
      '2019-02-29',
      '20200229',
      '29.2.2020',
      '2020',
      '0000',
      '31/04/2020',
      '13/13/2020',
      '5 fév 2021',
      '5 foo 2021',
      '',
    ];
    expect(await read('day', days)).to.deep.equal([
      '2020-02-29',
      null,
      '2020-02-29',
      '2020-02-29',
      '2020-01-01',
      null,
      null,
      null,
      '2021-02-05',
      null,
      null,
    ]);
    expect(await read('day', ['02/03/2020', '25/03/2020'], false)).to.deep.equal(['2020-02-03', '2020-03-25']);
    const months = ['January', 'feb', 'Mars', 'avril', 'mai', 'juin', 'July', 'août', 'sept', 'Oct', 'nov', 'déc'];
    const named = await read(
      'day',
      months.map((month) => `1 ${month} 2020`),
    );
    expect(named).to.deep.equal(months.map((_, n) => `2020-${String(n + 1).padStart(2, '0')}-01`));
    const instants = [
      '2020-05-01T13:45:10Z',
      '2020-05-01 13:45+02:00',
      '2020-05-01T01:00-0530',
      '2020-05-01',
      '2020-05-01T25:00',
      '2020-05-01T13',
    ];
    expect(await read('instant', instants)).to.deep.equal([
      '2020-05-01 13:45:10',
      '2020-05-01 11:45:00',
      '2020-05-01 06:30:00',
      '2020-05-01',
      null,
      '2020-05-01',
    ]);
  });

  it('reads columns whatever they are called', async () => {
    const long = `${'très '.repeat(20)}long`;
    const odd = 'a"b\'c; DROP TABLE $1 \\';
    const rows = [point(-4, 14, { [long]: 7, [odd]: 'there', idx: 'mine', t0: 'x' })];
    const { records } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: {
        fields: { killed: column(long), tags: column('t0') },
        record: { note: column(odd), locator: column('idx') },
      },
    });
    expect(records[0]).to.include({ note: 'there', locator: 'mine', idx: 1 });
    expect(Number(records[0]?.killed)).to.equal(7);
    expect(records[0]?.tags).to.deep.equal(['x']);
  });
});

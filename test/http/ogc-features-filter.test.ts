import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type FeaturePage, fetchPage, followPages, idsOf, linkOf } from '../support/features.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter and /conf/features-filter', () => {
  let server: TestServer;
  let items: string;
  before(async () => {
    server = await startServer();
    items = `${server.url}/collections/attacks_modelled/items`;
  });
  after(() => server.close());

  const ask = (params: Record<string, string>) => `${items}?${new URLSearchParams({ limit: '10000', ...params })}`;
  const ids = async (params: Record<string, string>) => idsOf([await fetchPage(ask(params))]);
  const fault = async (params: Record<string, string>) => {
    const response = await fetch(ask(params));
    const { errors } = await json<{ errors?: { parameter: string; position?: number }[] }>(response);
    return { status: response.status, ...errors?.[0] };
  };
  const matching = async (test: (properties: Record<string, unknown>) => boolean) =>
    (await fetchPage(ask({}))).features.filter(({ properties }) => test(properties)).map(({ id }) => id);

  it('selects the records of which it is true and no others: /req/filter/filter-param, /req/features-filter/filter-param', async () => {
    const want = await matching(({ kind, killed }) => kind === 'ied' && Number(killed) >= 2);
    expect(want).to.have.lengthOf.within(1, 2326);
    expect(await ids({ filter: "kind = 'ied' AND killed >= 2" })).to.deep.equal(want);
  });

  it('joins bbox, datetime and filter by AND: /req/filter/mixed', async () => {
    const by = { bbox: '-5,14,-3,16', datetime: '2020-01-01/2022-12-31', filter: "kind = 'ied'" };
    const [box, time, kind] = await Promise.all([
      ids({ bbox: by.bbox }),
      ids({ datetime: by.datetime }),
      ids({ filter: by.filter }),
    ]);
    const want = box.filter((id) => time.includes(id) && kind.includes(id));
    expect(want).to.have.lengthOf.above(0);
    expect(await ids(by)).to.deep.equal(want);
  });

  it('keeps the filter, and the number, over all pages', async () => {
    const want = await ids({ filter: 'killed > 1' });
    const pages = await followPages(ask({ filter: 'killed > 1', limit: '97' }));
    expect(idsOf(pages)).to.deep.equal(want);
    expect(new Set(pages.map(({ numberMatched }) => numberMatched))).to.deep.equal(new Set([want.length]));
  });

  it('leads through few records and through many, there and back, in the order asked for', async () => {
    for (const [filter, limit, isFew] of [
      ["kind = 'ied' AND killed >= 3", '9', true],
      ['killed >= 0', '97', false],
    ] as const) {
      for (const sortby of [undefined, '-killed,kind']) {
        const params = { filter, ...(sortby === undefined ? {} : { sortby }) };
        const whole = await fetchPage(ask(params));
        const want = idsOf([whole]);
        const bound = Math.min(10 * Number(limit), server.context.catalogue().get('attacks_modelled').count / 4);
        expect(want.length <= bound, `${want.length} records of ${filter}`).to.equal(isFew);
        expect(want).to.have.lengthOf.above(Number(limit));
        const there = await followPages(ask({ ...params, limit }));
        expect(idsOf(there), `${filter}, ${sortby}`).to.deep.equal(want);
        const back = await followPages(linkOf(there.at(-1) as FeaturePage, 'prev')?.href ?? '', 'prev');
        const before = want.slice(0, want.length - (there.at(-1)?.numberReturned ?? 0));
        expect(idsOf(back.toReversed()), `${filter}, ${sortby}, back`).to.deep.equal(before);
      }
    }
  });

  it('is the same for no filter and for one that is always true', async () => {
    expect(await ids({ filter: 'TRUE' })).to.deep.equal(await ids({}));
    expect(await ids({ filter: 'FALSE' })).to.deep.equal([]);
  });

  it('takes cql2-text by name, and refuses a language that is none: /req/filter/filter-lang-param', async () => {
    expect(await ids({ filter: 'killed > 1', 'filter-lang': 'cql2-text' })).to.deep.equal(
      await ids({ filter: 'killed > 1' }),
    );
    const filter = JSON.stringify({ op: '>', args: [{ property: 'killed' }, 1] });
    expect(await ids({ filter, 'filter-lang': 'cql2-json' })).to.deep.equal(await ids({ filter: 'killed > 1' }));
    expect(await fault({ filter: 'killed > 1', 'filter-lang': 'sql' })).to.include({
      status: 400,
      parameter: 'filter-lang',
    });
  });

  it('takes CRS84 for positions in a filter, and no other: /req/filter/filter-crs-param, filter-crs-wgs84', async () => {
    const crs = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
    expect(await ids({ filter: 'killed > 1', 'filter-crs': crs })).to.deep.equal(await ids({ filter: 'killed > 1' }));
    expect(
      await fault({ filter: 'killed > 1', 'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/3857' }),
    ).to.include({
      status: 400,
      parameter: 'filter-crs',
    });
  });

  it('400 with the place for what is no filter, or asks of what is not there: /req/features-filter/filter-response', async () => {
    expect(await fault({ filter: 'killed >' })).to.include({ status: 400, parameter: 'filter' });
    expect(await fault({ filter: "kind = 'ied' AND kiled > 1" })).to.include({
      status: 400,
      parameter: 'filter',
      position: 17,
    });
    expect(await fault({ filter: '' })).to.include({ status: 400 });
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { type Field, type Layer, recordFields } from '../../../server/core/layer.ts';
import { type Filter, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { itemTextsPageQuery } from '../../../server/query/item-texts.ts';
import { areFew, itemsPageQuery } from '../../../server/query/items-page.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const title = { en: 'Seen', fr: 'Vu' };
const SEEN: Field = { name: 'seen', type: 'datetime', title } as Field;
const AMOUNT: Field = { name: 'amount', type: 'number', title } as Field;
const LAYER = {
  ...(EVENTS_LAYER as Layer),
  fields: [...EVENTS_LAYER.fields, SEEN, AMOUNT],
  ...{ generation: 1, table: 'events_1', count: 1 },
} as PublishedLayer;

const FILTER: Filter = { access: PUBLIC_ACCESS };

describe('a page of items', () => {
  it('is ordered by what the table has, not by what is written of it: an instant to the millisecond, no NaN', () => {
    const order = [SEEN, AMOUNT].map((field) => ({ field, descending: false }));
    const page = { fields: recordFields(LAYER), order, limit: 10 };
    for (const query of [itemsPageQuery, itemTextsPageQuery]) {
      const { text } = query(LAYER, { access: PUBLIC_ACCESS }, page);
      expect(text).to.contain('AS "seen"');
      expect(text).to.contain('ORDER BY record."seen" ASC NULLS LAST, record."amount" ASC NULLS LAST, fid LIMIT');
    }
  });

  it('is made of all that match where these are few, so that no index is read in its order', () => {
    const page = { fields: recordFields(LAYER), order: [], limit: 10 };
    const endOf = (more: object) => itemsPageQuery(LAYER, FILTER, { ...page, ...more }).text.split('ORDER BY')[1];
    expect(endOf({})).to.match(/^ fid LIMIT/);
    expect(endOf({ isFew: false })).to.match(/^ fid LIMIT/);
    expect(endOf({ isFew: true })).to.match(/^ fid \+ 0 LIMIT/);
    const cursor = { generation: 1, direction: 'prev', fid: 5, values: [] };
    expect(endOf({ isFew: true, cursor })).to.match(/^ fid \+ 0 DESC LIMIT/);
  });

  it('knows what is few by the size of a page, of the layer, and by whether an index on places finds them', () => {
    const inPlace = { ...FILTER, bbox: [{ west: 0, south: 0, east: 1, north: 1 }] };
    const few = (filter: Filter, limit: number, count: number | undefined, all = 1_000_000) =>
      areFew({ count: all }, filter, limit, count);
    expect(few(FILTER, 100, undefined), 'not counted').to.equal(false);
    expect([few(FILTER, 100, 1_000), few(FILTER, 100, 1_001)]).to.deep.equal([true, false]);
    expect([few(inPlace, 100, 10_000), few(inPlace, 100, 10_001)]).to.deep.equal([true, false]);
    expect([few(inPlace, 5_000, 50_000), few(inPlace, 5_000, 50_001)]).to.deep.equal([true, false]);
    expect([few(FILTER, 100, 400, 1_600), few(FILTER, 100, 401, 1_600)]).to.deep.equal([true, false]);
  });
});

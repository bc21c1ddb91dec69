import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { type Field, type Layer, recordFields } from '../../../server/core/layer.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { itemTextsPageQuery } from '../../../server/query/item-texts.ts';
import { itemsPageQuery } from '../../../server/query/items-page.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const title = { en: 'Seen', fr: 'Vu' };
const SEEN: Field = { name: 'seen', type: 'datetime', title } as Field;
const AMOUNT: Field = { name: 'amount', type: 'number', title } as Field;
const LAYER = {
  ...(EVENTS_LAYER as Layer),
  fields: [...EVENTS_LAYER.fields, SEEN, AMOUNT],
  ...{ generation: 1, table: 'events_1', count: 1 },
} as PublishedLayer;

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
});

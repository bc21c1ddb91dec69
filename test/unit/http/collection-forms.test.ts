import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toCollection } from '../../../server/core/collection.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { EXPORT_FORMATS } from '../../../server/http/export/export-formats.ts';
import { ITEM_FORMS } from '../../../server/http/items/item-params.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

describe('the links of a collection', () => {
  const version = { generation: 1, table: 'events_1', count: 0, bbox: null, interval: null, prepared: UNPREPARED };
  const { links } = toCollection({ ...EVENTS_LAYER, ...version }, 'http://x');
  const forms = (rel: string, otherwise: string) =>
    Object.fromEntries(
      links
        .filter((link) => link.rel === rel)
        .map(({ href, type }) => [new URL(href).searchParams.get('f') ?? otherwise, type]),
    );
  const plain = (type: string) => type.replace(/;.*/, '');

  it('name every form that items are served in', () => {
    // For clients that ask for no more than JSON: the same as `json`.
    const { geojson: _, ...others } = ITEM_FORMS;
    expect(forms('items', 'json')).to.deep.equal(others);
  });

  it('name every format that a collection is exported in', () => {
    const served = Object.entries(EXPORT_FORMATS).map(([f, { mediaType }]) => [f, plain(mediaType)]);
    expect(forms('enclosure', 'geojson')).to.deep.equal(Object.fromEntries(served));
  });
});

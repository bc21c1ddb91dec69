import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidLayer } from '../../../server/core/errors.ts';
import { parseRecords } from '../../../server/core/record.ts';
import { EVENTS_LAYER, eventRecord } from '../../support/layers.ts';

const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const sound = eventRecord(1, 0, 0);

describe('parseRecords', () => {
  it('takes sound records, and null for what is not known', () => {
    const unknown = eventRecord(2, 1, 1, { killed: null, kind: null, valid_to: null, tags: null });
    expect(parseRecords(EVENTS_LAYER, collection(sound, unknown))).to.have.lengthOf(2);
  });

  for (const [what, feature, says] of [
    ['a value outside the list', eventRecord(2, 0, 0, { kind: 'c' }), '/properties/kind'],
    ['text for a number', eventRecord(2, 0, 0, { killed: '3' }), '/properties/killed'],
    ['a property it does not know', eventRecord(2, 0, 0, { name: 'x' }), 'name'],
    ['no source', eventRecord(2, 0, 0, { source: null }), '/properties/source'],
    ['no such day', eventRecord(2, 0, 0, { valid_from: '2022-02-30' }), '/properties/valid_from'],
    ['an end before the start', eventRecord(2, 0, 0, { valid_to: '2022-05-01' }), 'ends before it starts'],
    ['an id twice', sound, 'the id 1 occurs twice'],
    ['a latitude of 91', eventRecord(2, 0, 91), '/geometry'],
    [
      'another geometry',
      {
        ...sound,
        id: 2,
        geometry: {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [1, 1],
          ],
        },
      },
      '/geometry',
    ],
    ['an id of text', { ...sound, id: 'x' }, '/id'],
  ] as const) {
    it(`refuses ${what} and says where`, () => {
      expect(() => parseRecords(EVENTS_LAYER, collection(sound, feature))).to.throw(InvalidLayer, says);
    });
  }

  it('refuses what is no collection', () => {
    expect(() => parseRecords(EVENTS_LAYER, [])).to.throw(InvalidLayer, 'not a GeoJSON FeatureCollection');
  });
});

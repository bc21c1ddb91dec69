import { expect } from 'chai';
import fc from 'fast-check';
import type { Feature } from 'geojson';
import { describe, it } from 'mocha';
import { changeOf, differing, withdrawalOf } from '../../../client/state/correct-change.ts';

const RECORD: Feature = {
  ...{ type: 'Feature', id: 7 },
  geometry: { type: 'Point', coordinates: [-2, 14] },
  properties: { kind: 'a', killed: 4, note: null, places: ['Ansongo', 'Labbezanga'] },
};
const of = (values: object, geometry = RECORD.geometry) => ({
  ...{ original: RECORD, tag: '"t"', geometry },
  values: { ...RECORD.properties, ...values },
});
const properties = fc.dictionary(
  fc.constantFrom('kind', 'killed', 'note', 'places', 'source'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())),
);

describe('what is sent of a correction', () => {
  it('is nothing where nothing was written', () => {
    expect(changeOf(of({}))).to.deep.equal({ op: 'change', id: 7, ifMatch: '"t"', feature: { properties: {} } });
  });

  it('is what differs, an emptied text as null, and the place only where it was moved', () => {
    expect(changeOf(of({ kind: '', killed: 5, places: ['Ansongo', 'Labbezanga'] }))).to.deep.include({
      feature: { properties: { kind: null, killed: 5 } },
    });
    const moved = { type: 'Point' as const, coordinates: [-2, 14.5] };
    expect(changeOf(of({}, moved))).to.deep.include({ feature: { properties: {}, geometry: moved } });
  });

  it('is the whole of a new record, and says what was emptied by hand', () => {
    const geometry = { type: 'Point' as const, coordinates: [1, 2] };
    const change = changeOf({ original: null, tag: '', geometry, values: { kind: 'b', note: '', valid_to: null } });
    expect(change).to.deep.equal({
      op: 'add',
      feature: { type: 'Feature', geometry, properties: { kind: 'b', note: null, valid_to: null } },
    });
  });

  it('names the state that is withdrawn', () => {
    expect(withdrawalOf(of({}))).to.deep.equal({ op: 'withdraw', id: 7, ifMatch: '"t"' });
  });

  it('makes what was written of what was there, whatever it is', () => {
    const empty = (record: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== ''));
    fc.assert(
      fc.property(properties, properties, (before, written) => {
        const values = { ...before, ...written };
        expect(empty({ ...before, ...differing(values, before) })).to.deep.equal(empty(values));
        expect(differing(before, before)).to.deep.equal(
          Object.fromEntries(Object.entries(before).flatMap(([name, value]) => (value === '' ? [[name, null]] : []))),
        );
      }),
    );
  });
});

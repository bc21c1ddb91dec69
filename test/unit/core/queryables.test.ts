import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { filterProperties } from '../../../server/core/cql2/properties.ts';
import { toQueryables } from '../../../server/core/queryables.ts';
import { toSchema } from '../../../server/core/schema.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const LAYER = { ...EVENTS_LAYER, generation: 1, table: 'events_1', count: 0 } as PublishedLayer;
const namesOf = (schema: Readonly<Record<string, unknown>>) => Object.keys(schema.properties as object);

describe('queryables', () => {
  it('are just what a filter can name', () => {
    expect(namesOf(toQueryables(LAYER, 'http://x', 'en'))).to.deep.equal(
      filterProperties(LAYER).map(({ name }) => name),
    );
  });

  it('have no validity where the layer has no time', () => {
    expect(namesOf(toQueryables({ ...LAYER, time: null }, 'http://x', 'en'))).to.not.include('valid');
  });

  it('differ from what records hold by the number and the validity', () => {
    const schema = toSchema(LAYER, 'http://x', 'en');
    const both = namesOf(toQueryables(LAYER, 'http://x', 'en')).filter((name) => name !== 'valid');
    expect(namesOf(schema)).to.deep.equal(['id', ...both]);
    const kind = (schema.properties as Record<string, object>).kind;
    expect(kind).to.deep.include({ type: ['string', 'null'], enum: ['a', 'b', null] });
  });
});

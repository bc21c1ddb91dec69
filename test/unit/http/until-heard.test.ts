import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Catalogue, type PublishedLayer } from '../../../server/core/catalogue.ts';
import { hasSettings } from '../../../server/http/until-heard.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const layer = (title: string, generation = 3) =>
  ({ ...EVENTS_LAYER, title: { en: title, fr: title }, generation, table: 'events_3', count: 7 }) as PublishedLayer;
const catalogue = (...layers: PublishedLayer[]) => new Catalogue(layers);
const set = (before: string, after: string) => ({
  ...{ before: layer(before), definition: layer(after), generation: 3, isNewVersion: false },
});

describe('settings are heard of', () => {
  it('when the layer is as it was set, and not before', () => {
    const isHeard = hasSettings(layer('A'), set('A', 'B'));
    expect(isHeard(catalogue(layer('A')))).to.equal(false);
    expect(isHeard(catalogue(layer('B')))).to.equal(true);
    expect(hasSettings(layer('A'), set('A', 'A'))(catalogue(layer('A')))).to.equal(true);
  });

  it('when they have been set otherwise since, or the layer has another version, or is withdrawn', () => {
    const isHeard = hasSettings(layer('A'), set('A', 'B'));
    expect(isHeard(catalogue(layer('C')))).to.equal(true);
    expect(isHeard(catalogue(layer('A', 4)))).to.equal(true);
    expect(isHeard(catalogue())).to.equal(true);
  });

  it('not by what was set before, of which this process hears late', () => {
    const isHeard = hasSettings(layer('A'), set('B', 'C'));
    expect(isHeard(catalogue(layer('A')))).to.equal(false);
    expect(isHeard(catalogue(layer('A2')))).to.equal(false);
    expect(isHeard(catalogue(layer('B')))).to.equal(false);
    expect(isHeard(catalogue(layer('D')))).to.equal(true);
  });

  it('when a version that was made for them is in service', () => {
    const isHeard = hasSettings(layer('A'), { ...set('A', 'B'), generation: 4, isNewVersion: true });
    expect(isHeard(catalogue(layer('A')))).to.equal(false);
    expect(isHeard(catalogue(layer('C', 4)))).to.equal(true);
  });
});

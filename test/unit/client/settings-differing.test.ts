import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type AllSettings, differingSettings } from '../../../client/state/settings-differing.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { EVENTS } from '../../support/layers.ts';

const LAYER: AllSettings = LayerSchema.parse(EVENTS);

describe('settings that were written', () => {
  it('are those that differ from the layer, and none when it was put back by hand', () => {
    const title = { en: 'Incidents', fr: 'Incidents' };
    expect(differingSettings(LAYER, { title, order: LAYER.order })).to.deep.equal({ title });
    expect(differingSettings(LAYER, { title: { ...LAYER.title }, visible: LAYER.visible })).to.equal(null);
    expect(differingSettings(LAYER, { visible: !LAYER.visible })).to.deep.equal({ visible: !LAYER.visible });
  });

  it('are none of what is no setting, or of another type', () => {
    for (const written of [null, undefined, 'title', 3, { id: 'other', title: 'Incidents', order: '4', style: null }])
      expect(differingSettings(LAYER, written), String(written)).to.equal(null);
  });
});

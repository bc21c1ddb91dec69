import { expect } from 'chai';
import { describe, it } from 'mocha';
import { classedFields, colorsBy, drawnAs, withColor, withPalette } from '../../../client/layer-look.ts';
import { StyleSchema } from '../../../server/core/layer.ts';
import { PALETTE } from '../../../server/core/palette.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const [kind] = classedFields(EVENTS_LAYER);

describe('how a layer is drawn', () => {
  it('takes classes of closed lists only, and a colour of its own for each', () => {
    expect(classedFields(EVENTS_LAYER).map(({ name }) => name)).to.deep.equal(['kind']);
    const color = colorsBy(kind ?? null, '#123456');
    expect(color).to.deep.include({ by: 'kind', classes: { a: PALETTE[0], b: PALETTE[1] } });
    expect(colorsBy(kind ?? null, withColor(color, 'b', '#ABCDEF'))).to.deep.include({
      classes: { a: PALETTE[0], b: '#abcdef' },
    });
    expect(colorsBy(null, color)).to.equal(PALETTE[0]);
    expect(withPalette(withColor(color, 'a', '#000000'))).to.deep.equal(color);
    expect(withColor(color, null, '#000000')).to.include({ other: '#000000' });
  });

  it('is a sound style as points and as hexagons, with the zooms that it had', () => {
    const style = { ...StyleSchema.parse({ type: 'circle', color: '#123456', minzoom: 4 }) };
    for (const type of ['hexagons', 'circle'] as const) {
      const drawn = drawnAs(style, type);
      expect(StyleSchema.parse(drawn)).to.deep.equal(drawn);
      expect(drawn).to.include({ type, minzoom: 4 });
    }
  });
});

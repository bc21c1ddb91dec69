import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toHexCounts } from '../../../server/encode/hexes.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

describe('toHexCounts', () => {
  it('folds the kinds of a cell and adds up', () => {
    const rows = [
      { cell: '1', kind: 'a', count: 2, killed: 3 },
      { cell: '1', kind: 'b', count: 1, killed: 0 },
      { cell: '2', kind: null, count: 4, killed: 1 },
    ];
    expect(toHexCounts(EVENTS_LAYER, rows)).to.deep.equal({
      total: 7,
      cells: [
        { cell: '1', count: 3, killed: 3, kinds: { a: 2, b: 1 } },
        { cell: '2', count: 4, killed: 1, kinds: {} },
      ],
    });
  });

  it('has nothing to say of no rows', () => {
    expect(toHexCounts(EVENTS_LAYER, [])).to.deep.equal({ total: 0, cells: [] });
  });
});

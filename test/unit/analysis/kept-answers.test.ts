import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keptAnswers } from '../../../server/analysis/kept-answers.ts';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const version = (other: Partial<PublishedLayer> = {}): PublishedLayer => ({
  ...EVENTS_LAYER,
  ...{ generation: 1, table: 'events', count: 1, bbox: null, interval: null, prepared: UNPREPARED },
  ...other,
});

describe('kept answers', () => {
  it('are asked for once', async () => {
    const [kept, layer] = [keptAnswers<number>(2), version()];
    let asked = 0;
    const ask = async () => ++asked;
    expect([await kept(layer, 'a', ask), await kept(layer, 'a', ask), await kept(layer, 'b', ask)]).to.deep.equal([
      1, 1, 2,
    ]);
    // A third one puts the first out.
    await kept(layer, 'c', ask);
    expect(await kept(layer, 'a', ask)).to.equal(4);
    expect(await kept(version(), 'b', ask)).to.equal(5);
  });

  it('are not those of a caller who gave up, neither later nor meanwhile', async () => {
    const [kept, layer] = [keptAnswers<string>(8), version()];
    let giveUp: (cause: Error) => void = () => undefined;
    const first = kept(layer, 'a', () => new Promise((_, reject) => (giveUp = reject)));
    const meanwhile = kept(layer, 'a', async () => 'found');
    giveUp(new Error('given up'));
    const outcome = await first.catch(({ message }: Error) => message);
    expect([outcome, await meanwhile]).to.deep.equal(['given up', 'found']);
    const other = version();
    await kept(other, 'a', () => Promise.reject(new Error('given up'))).catch(() => undefined);
    expect(await kept(other, 'a', async () => 'found')).to.equal('found');
  });

  it('are not kept of a version that is not in service', async () => {
    const [kept, layer] = [keptAnswers<number>(8), version({ generationInService: 2 })];
    let asked = 0;
    const ask = async () => ++asked;
    expect([await kept(layer, 'a', ask), await kept(layer, 'a', ask)]).to.deep.equal([1, 2]);
  });
});

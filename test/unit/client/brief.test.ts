import { expect } from 'chai';
import { describe, it } from 'mocha';
import { briefAddress, frameOf, sharedAddress, withParts } from '../../../client/address/stored-address.ts';
import { wayOf } from '../../../client/panels/present-keys.ts';
import { viewAt } from '../../../client/state/brief.ts';
import { toWritten } from '../../../client/state/brief-written.ts';
import { moved } from '../../../client/state/moved.ts';
import { asItWas, changedSince } from '../../../client/view-as-stored.ts';

const PAGE =
  '#map=5.00/16.0000/-3.0000&layers=a,b&time=2022-01-01/2022-12-31&lang=fr&at=1.0/2.0&table=a&brief=x/2&present=&asof=2026-01-01T00:00:00Z';

describe('what is stored of an address', () => {
  it('for a link: all but what leads on to another view, or is the page’s own', () => {
    expect(sharedAddress(`${PAGE}&view=abc&upload=&correct=a/1`)).to.equal(
      '#map=5.00/16.0000/-3.0000&layers=a,b&time=2022-01-01/2022-12-31&lang=fr&at=1.0/2.0&table=a&asof=2026-01-01T00:00:00Z',
    );
  });

  it('for a brief: the map, and which part of it is meant', () => {
    const stored = briefAddress(PAGE, [-5, 12, 1.23456, 18]);
    expect(stored).to.equal(
      '#map=5.00/16.0000/-3.0000&layers=a,b&time=2022-01-01/2022-12-31&asof=2026-01-01T00:00:00Z&frame=-5.0000,12.0000,1.2346,18.0000',
    );
    expect(frameOf(stored)).to.deep.equal([-5, 12, 1.2346, 18]);
  });

  it('keeps what a filter says, signs and all', () => {
    const filter = `{"a":"name = '50% & more, #1'"}`;
    const address = `#map=1/2/3&filter=${encodeURIComponent(filter)}`;
    expect(new URLSearchParams(withParts(address, { lang: 'en' }).slice(1)).get('filter')).to.equal(filter);
  });

  it('has a frame only where it is a box', () => {
    for (const text of ['', '1,2,3', '5,12,1,18', '1,2,3,x', '1,2,,4', '-200,0,1,1', '1,2,3,4,5'])
      expect(frameOf(`#frame=${text}`), text).to.equal(null);
  });
});

describe('a stored view', () => {
  const collection = (id: string, generation: number) =>
    ({ id, azalai: { generation, title: { en: id, fr: id } } }) as never;

  it('has changed where a layer is of another version, or gone', () => {
    const changed = changedSince({ layers: { a: 3, b: 7, c: 1 } }, [collection('a', 3), collection('b', 8)]);
    expect(changed.map(({ collection: id, from, to, isKept }) => [id, from, to, isKept])).to.deep.equal([
      ['b', 7, 8, true],
      ['c', 1, null, false],
    ]);
  });

  it('is shown as of when it was stored, unless it showed the past already', () => {
    const storedAt = '2026-11-22T06:00:00.000Z';
    expect(asItWas({ address: '#map=1/2/3', storedAt })).to.equal(`#map=1/2/3&asof=${storedAt}`);
    expect(asItWas({ address: '#map=1/2/3&asof=2025-01-01T00:00Z', storedAt })).to.contain('asof=2025');
  });
});

describe('the views of a brief', () => {
  it('are moved to a place, and to the ends at most', () => {
    const list = ['a', 'b', 'c'];
    expect(moved(list, 0, 2)).to.deep.equal(['b', 'c', 'a']);
    expect(moved(list, 2, 0)).to.deep.equal(['c', 'a', 'b']);
    expect(moved(list, 1, 9)).to.deep.equal(['a', 'c', 'b']);
    expect(moved(list, 1, -1)).to.deep.equal(['b', 'a', 'c']);
    expect(moved(list, 7, 0)).to.deep.equal(list);
  });

  it('are found by their place, the nearest that there is', () => {
    const views = ['a', 'b'].map((title) => ({ title })) as never;
    expect([0, 1, 2, 9].map((at) => viewAt({ views }, at)?.title)).to.deep.equal(['a', 'a', 'b', 'b']);
    expect(viewAt({ views: [] }, 1)).to.equal(undefined);
  });

  it('are given the titles that are missing, since the server asks for them', () => {
    const view = { address: '#', layers: {} };
    const written = toWritten(
      { title: ' ', language: 'en', handling: 'public', views: [{ key: 1, title: '', note: 'n', view }] },
      'Untitled',
      (number) => `View ${number}`,
    );
    expect(written).to.deep.equal({
      title: 'Untitled',
      language: 'en',
      handling: 'public',
      views: [{ title: 'View 1', note: 'n', view }],
    });
  });
});

describe('keys of a presentation', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  it('lead on, back, to the ends, out, and to the whole screen', () => {
    const ways = ['ArrowRight', 'PageDown', 'ArrowLeft', 'PageUp', 'Home', 'End', 'Escape', 'f', 'x'].map((key) =>
      wayOf({ key, ...plain }),
    );
    expect(ways).to.deep.equal(['next', 'next', 'previous', 'previous', 'first', 'last', 'leave', 'full', null]);
  });

  it('with Ctrl, Alt or ⌘ are the browser’s', () => {
    expect(wayOf({ key: 'ArrowLeft', ...plain, altKey: true })).to.equal(null);
    expect(wayOf({ key: 'f', ...plain, ctrlKey: true })).to.equal(null);
  });
});

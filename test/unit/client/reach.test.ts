import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { askedView } from '../../../client/first-view/asked-view.ts';
import { ruleFor } from '../../../client/service-worker/rule-for.ts';
import { type Kept, toDrop } from '../../../client/service-worker/to-drop.ts';

const SCOPE = 'https://map.example.org/azalai/';

describe('what the service worker does with a request', () => {
  const rule = (path: string, more: { mode?: string; method?: string; headers?: readonly string[] } = {}) => {
    const { mode = 'cors', method = 'GET', headers = [] } = more;
    return ruleFor({ method, mode, url: new URL(path, SCOPE).href, headers: new Set(headers) }, SCOPE);
  };

  it('goes by its address below the page', () => {
    const cases = {
      shell: [],
      part: ['assets/index-abc.js', 'fonts/noto.woff2', 'sprite@2x.png', 'icon-192.png', 'first-view.js?v=1'],
      fixed: ['tiles/attacks/4/7/7.mvt?generation=3', 'hexes/attacks/series?res=3&generation=1'],
      fresh: [
        'style.json?lang=fr',
        'collections',
        'collections/attacks',
        'collections/attacks/items/12',
        'tiles/attacks.json',
        'views/abc',
        'briefs/abc',
      ],
      pass: [
        'healthz',
        'sw.js',
        'uploads',
        'search?q=Gao',
        'jobs/1',
        'collections/attacks/export?f=csv',
        'picture.html',
        'metrics',
        '../other',
        'https://elsewhere.example/tiles/a/1/1/1.mvt?generation=1',
      ],
    } as const;
    for (const [wanted, paths] of Object.entries(cases)) {
      for (const path of paths) expect(rule(path), path).to.equal(wanted);
    }
    expect(rule('', { mode: 'navigate' })).to.equal('shell');
    expect(rule('?f=html', { mode: 'navigate' }), 'the landing page is no map').to.equal('pass');
    expect(rule('api.html', { mode: 'navigate' })).to.equal('pass');
    expect(rule('tiles/attacks/4/7/7.mvt'), 'names no version').to.equal('fresh');
    expect(rule('tiles/attacks/4/7/7.mvt?generation=3&known_at=2026-01-01'), 'withheld later is gone from it').to.equal(
      'fresh',
    );
  });

  it('never looks at what carries a token, changes something, or asks for a part', () => {
    const paths = fc.constantFrom('collections', 'style.json', 'tiles/a/1/1/1.mvt?generation=1', 'assets/a.js', '');
    const telling = fc.constantFrom(
      { headers: ['authorization'] },
      { headers: ['range'] },
      { method: 'POST' },
      { method: 'DELETE' },
    );
    fc.assert(
      fc.property(paths, telling, fc.constantFrom('cors', 'navigate'), (path, more, mode) => {
        expect(rule(path, { ...more, mode })).to.equal('pass');
      }),
    );
  });
});

describe('what is dropped of what was kept', () => {
  const kept = fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 1000 }), at: fc.integer({ min: 0, max: 1000 }) }));

  it('is the oldest, and no more than must be', () => {
    fc.assert(
      fc.property(kept, fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 20 }), (list, bytes, answers) => {
        const all = new Map<string, Kept>(list.map((each, n) => [`a${n}`, each]));
        const dropped = toDrop(all, { bytes, answers });
        const sizeOf = (urls: readonly string[]) => urls.reduce((sum, url) => sum + (all.get(url)?.bytes ?? 0), 0);
        const stays = [...all.keys()].filter((url) => !dropped.includes(url));
        expect(sizeOf(stays)).to.be.at.most(bytes);
        expect(stays.length).to.be.at.most(answers);
        const newest = Math.max(...dropped.map((url) => all.get(url)?.at ?? 0));
        for (const url of stays) expect(all.get(url)?.at).to.be.at.least(dropped.length === 0 ? 0 : newest);
        const last = dropped.at(-1);
        const isTooMuch = last !== undefined && (sizeOf([...stays, last]) > bytes || stays.length + 1 > answers);
        expect(last === undefined || isTooMuch, 'the last that went had to').to.equal(true);
      }),
    );
  });
});

describe('the picture that a link asks for', () => {
  it('is of its map, layers, days and language', () => {
    expect(askedView('')).to.equal(null);
    expect(askedView('#theme=dark&list=drawn&saver=1')).to.equal(null);
    expect(askedView('#map=5/17/-2&layers=a,b&time=../2022-12-31&lang=fr&at=1/2')?.toString()).to.equal(
      'map=5%2F17%2F-2&layers=a%2Cb&time=..%2F2022-12-31&lang=fr',
    );
    expect(askedView('#map=99/x/2&layers=a&time=2022-02-31/2022-01-01&lang=xx')?.toString()).to.equal('layers=a');
    expect(askedView('#map=5/17/-2&asof=2026-11-22T06:00:00Z')?.get('known_at')).to.equal('2026-11-22T06:00:00Z');
  });

  it('is none where no picture shows what the link shows', () => {
    for (const link of [
      '#view=abc',
      '#brief=abc/2',
      '#filter={}',
      '#off=attacks:kind/ied',
      '#compare=swipe',
      '#new=1',
    ]) {
      expect(askedView(`${link}&map=5/17/-2`), link).to.equal(undefined);
    }
  });
});

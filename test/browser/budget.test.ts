import { readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type MapPage, openMap, settled } from '../support/browser.ts';

/** What a first load may take: on a link of 256 kbit/s each 32 KB are a second. */
const SCRIPT_GZIP = 120_000;
const STYLESHEETS_GZIP = 24_000;
const DATA_GZIP = 200_000;
const REQUESTS = 80;

/** Parts that are fetched when they are first used, each a script of that name. */
const LATER = [
  ...['ask', 'ask-charts', 'compare-bar', 'compare-stage', 'connect', 'correct', 'drawing-bar', 'drawing-session'],
  ...['filter', 'grid-mgrs-paint', 'hotspot-card', 'layer-more', 'layer-settings', 'measure-card'],
  ...['offline', 'record-history', 'record-nearby', 'shortcuts', 'table', 'upload'],
];
const CLIENT_FOLDER = process.env.CLIENT_FOLDER ?? path.resolve(import.meta.dirname, '../../dist/client');

/** Of a script's file its name, without the eight signs of its contents. */
const nameOf = (file: string) => /([^/]+)-[\w-]{8}\.js$/.exec(file)?.[1] ?? '';

interface Loaded {
  readonly path: string;
  /** Of the body, packed by gzip at its usual level. */
  readonly gzip: number;
}

async function sizeOf(address: string): Promise<Loaded> {
  const body = Buffer.from(await (await fetch(address)).arrayBuffer());
  const { pathname } = new URL(address);
  return { path: pathname, gzip: isPacked(pathname) ? body.length : gzipSync(body).length };
}

/** Fonts and pictures are packed as they are. */
const isPacked = (path: string) => /\.(?:woff2|png)$/.test(path);
const sum = (files: readonly Loaded[]) => files.reduce((total, { gzip }) => total + gzip, 0);
const list = (files: readonly Loaded[]) => files.map(({ path, gzip }) => `${path} ${gzip}`).join('\n');

describe('what a first load asks for', function suite() {
  this.timeout(120_000);
  let map: MapPage;
  let loaded: Loaded[];
  const files = (pattern: RegExp) => loaded.filter(({ path }) => pattern.test(path));

  before(async () => {
    map = await openMap();
    await settled(map.page);
    const addresses = [...new Set(map.requests)].filter((address) => address.startsWith('http'));
    loaded = await Promise.all(addresses.map(sizeOf));
  });
  after(() => map?.close());

  it('is of its own host alone, without an error', () => map.expectClean());

  it('is JavaScript within the budget beside the library of the map', () => {
    expect(files(/maplibre/), 'the library, and its worker').to.have.length.greaterThan(0);
    const scripts = files(/\.m?js$/).filter(({ path }) => !path.includes('maplibre'));
    expect(sum(scripts), list(scripts)).to.be.within(10_000, SCRIPT_GZIP);
  });

  it('is none of the parts that most readers never open', () => {
    // A part that everybody loads has no script of its own.
    const built = new Set(readdirSync(path.join(CLIENT_FOLDER, 'assets')).map(nameOf));
    expect(LATER.filter((name) => !built.has(name))).to.deep.equal([]);
    const asked = new Set(loaded.map(({ path }) => nameOf(path)));
    expect(LATER.filter((name) => asked.has(name))).to.deep.equal([]);
  });

  it('is stylesheets and data within their budgets', () => {
    expect(sum(files(/\.css$/)), list(files(/\.css$/))).to.be.within(1_000, STYLESHEETS_GZIP);
    const data = loaded.filter(({ path }) => !/^\/$|^\/assets\/|\/fonts?\/|\.(?:png|svg)$/.test(path));
    expect(sum(data), list(data)).to.be.within(10_000, DATA_GZIP);
  });

  it('is few requests, none of them twice', () => {
    // Chromium counts what it takes from its cache: the icon at each address, fonts for the page and for the map.
    const asked = map.requests.filter((address) => /^http/.test(address) && !/\.(?:svg|woff2)$/.test(address));
    expect(asked.length, asked.join('\n')).to.be.at.most(REQUESTS);
    expect(asked.filter((address, index) => asked.indexOf(address) !== index)).to.deep.equal([]);
  });
});

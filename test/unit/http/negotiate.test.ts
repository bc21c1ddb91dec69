import { expect } from 'chai';
import { describe, it } from 'mocha';
import { acceptsGzip, namesTag } from '../../../server/http/hot/negotiate.ts';

describe('acceptsGzip', () => {
  for (const [header, expected] of [
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br, zstd', true],
    ['br', false],
    ['identity', false],
    ['*', true],
    ['gzip;q=0', false],
    ['gzip; q=0.0, *', false],
    ['br;q=1.0, gzip;q=0.5', true],
    ['*;q=0', false],
    ['identity;q=1, *;q=0', false],
    ['X-GZIP;q=0.1', true],
  ] as const) {
    it(`${header ?? 'no header'}: ${expected}`, () => expect(acceptsGzip(header)).to.equal(expected));
  }
});

describe('namesTag', () => {
  for (const [header, expected] of [
    ['"a"', true],
    ['"b.g"', true],
    ['W/"a"', true],
    ['"x", "a"', true],
    ['*', true],
    ['"x"', false],
    ['a', false],
    ['"a', false],
    ['', false],
  ] as const) {
    it(`${header || 'empty'}: ${expected}`, () => expect(namesTag(header, ['"a"', '"b.g"'])).to.equal(expected));
  }
});

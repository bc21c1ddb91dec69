import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidArguments, parseArguments } from '../../../scripts/export/arguments.ts';

const parse = (line: string) => parseArguments(line.split(' '));

describe('npm run export', () => {
  it('reads what to export and where to', () => {
    expect(parse('pmtiles --collections a,b --out map.pmtiles')).to.deep.equal({
      ...{ collections: ['a', 'b'], out: 'map.pmtiles', hexagons: false, withClient: false },
      ...{ minzoom: 0, maxzoom: undefined, datetime: undefined, filter: undefined },
    });
    const more = 'pmtiles --collections a --out f --minzoom 3 --maxzoom 9 --datetime 2022-01-01/.. --hexagons';
    expect(parse(more)).to.include({ minzoom: 3, maxzoom: 9, datetime: '2022-01-01/..', hexagons: true });
  });

  it('takes the whole map when the page goes with it', () => {
    expect(parse('pmtiles --with-client --out f')).to.deep.include({ withClient: true, collections: [] });
  });

  for (const [line, message] of [
    ['--collections a --out f', 'pmtiles'],
    ['mbtiles --collections a --out f', '"mbtiles"'],
    ['pmtiles --out f', '--collections'],
    ['pmtiles --collections , --out f', '--collections'],
    ['pmtiles --collections a,b,a --out f', 'twice'],
    ['pmtiles --collections a', '--out'],
    ['pmtiles --collections a --out f --maxzoom 23', '--maxzoom is a whole number from 0 to 22: it is "23"'],
    ['pmtiles --collections a --out f --minzoom 1.5', '--minzoom'],
    ['pmtiles --collections a --out f --minzoom 5 --maxzoom 4', 'below'],
    ['pmtiles --collections a,b --out f --hexagons', 'one collection'],
    ['pmtiles --with-client', '--out'],
    ['pmtiles --with-client --collections , --out f', '--collections'],
    ['pmtiles --with-client --out f --datetime 2022-01-01', 'leave out'],
    ['pmtiles --collections a --out f --bbox 1,2,3,4', '--bbox'],
  ] as const) {
    it(`refuses "${line}"`, () => {
      expect(() => parse(line)).to.throw(InvalidArguments, message);
    });
  }
});

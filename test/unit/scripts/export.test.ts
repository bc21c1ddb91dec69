import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidArguments, parseArguments } from '../../../scripts/export/arguments.ts';

const BRIEF = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const parse = (line: string) => parseArguments(line.split(' '));

describe('npm run export', () => {
  it('reads what to export and where to', () => {
    expect(parse('pmtiles --collections a,b --out map.pmtiles')).to.deep.equal({
      ...{ collections: ['a', 'b'], out: 'map.pmtiles', hexagons: false, withClient: false },
      ...{ minzoom: 0, maxzoom: undefined, datetime: undefined, filter: undefined },
      ...{ format: 'pmtiles', brief: undefined, area: undefined },
    });
    const more = 'pmtiles --collections a --out f --minzoom 3 --maxzoom 9 --datetime 2022-01-01/.. --hexagons';
    expect(parse(more)).to.include({ minzoom: 3, maxzoom: 9, datetime: '2022-01-01/..', hexagons: true });
  });

  it('takes the whole map when the page goes with it', () => {
    expect(parse('pmtiles --with-client --out f')).to.deep.include({ withClient: true, collections: [] });
  });

  it('takes a brief or an area as a folder or as one file', () => {
    expect(parse(`html --brief ${BRIEF} --out b.html`)).to.include({ format: 'html', brief: BRIEF, area: undefined });
    const area = { west: -5, south: 12, east: 2, north: 18 };
    const typed = parse(
      'folder --bbox -5,12,2,18 --collections a --maxzoom 8 --out f'.replace('--bbox -5', '--bbox=-5'),
    );
    expect(typed).to.deep.include({ format: 'folder', area, collections: ['a'], maxzoom: 8, brief: undefined });
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
    [`pmtiles --collections a --out f --brief ${BRIEF}`, '--brief'],
    ['html --out b.html', '--brief names'],
    ['html --brief 12 --out b.html', 'the id in the brief'],
    [`html --brief ${BRIEF} --out brief`, 'brief.html'],
    [`folder --brief ${BRIEF}`, '--out'],
    [`folder --brief ${BRIEF} --out f --filter a=1`, 'no --filter'],
    ['folder --bbox 170,-10,-170,10 --out f', 'west below east'],
  ] as const) {
    it(`refuses "${line}"`, () => {
      expect(() => parse(line)).to.throw(InvalidArguments, message);
    });
  }
});

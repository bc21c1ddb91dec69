import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bbox, booleanPointInPolygon, distance, kinks } from '@turf/turf';
import { expect } from 'chai';
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { describe, it } from 'mocha';
import { type Layer, LayerSchema, recordFields } from '../../../server/core/layer.ts';
import { OPTIONAL_IN_FILES } from '../../../server/core/record.ts';

const GEODATA = join(import.meta.dirname, '../../../geodata');
const IDS = ['countries', 'boundaries', 'regions', 'rivers', 'roads', 'places'] as const;
const [WEST, SOUTH, EAST, NORTH] = [-20, 0, 25, 38];

type Record = Feature & { id: number; properties: { [field: string]: unknown } };

const read = (path: string): unknown => JSON.parse(readFileSync(join(GEODATA, path), 'utf8'));
const layerOf = (id: string): Layer => LayerSchema.parse(read(`layers/${id}.json`));
const recordsOf = (id: string): Record[] => (read(`base/${id}.geojson`) as FeatureCollection).features as Record[];
const named = (id: string, record_id: string): Record => {
  const found = recordsOf(id).find(({ properties }) => properties.record_id === record_id);
  if (!found) throw new Error(`no record ${record_id}`);
  return found;
};
const texts = (id: string, field: string): string[] => recordsOf(id).map(({ properties }) => String(properties[field]));

const ringsOf = ({ geometry }: Feature): Position[][][] => {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return [];
};

function signedArea(ring: Position[]): number {
  const term = (a: Position, b: Position) => (a[0] ?? 0) * (b[1] ?? 0) - (b[0] ?? 0) * (a[1] ?? 0);
  return ring.slice(1).reduce((sum, point, i) => sum + term(ring[i] ?? [], point), 0) / 2;
}

describe('base map', () => {
  for (const id of IDS) {
    describe(id, () => {
      it('has a valid catalogue entry in both languages that points to its file', () => {
        const layer = layerOf(id);
        expect(layer.id).to.equal(id);
        expect(layer.data).to.equal(`base/${id}.geojson`);
        expect(layer.group).to.equal('base');
        expect(layer.title.fr).to.not.equal('');
      });

      it('is a small file with one record per line', () => {
        const path = join(GEODATA, `base/${id}.geojson`);
        expect(statSync(path).size).to.be.below(1_000_000);
        const lines = readFileSync(path, 'utf8').split('\n');
        expect(lines.at(-1)).to.equal('');
        expect(lines.length).to.equal(recordsOf(id).length + 3);
      });

      it('has unique numbers and names, and exactly the fields of its layer', () => {
        const records = recordsOf(id);
        const fields = recordFields(layerOf(id))
          .map(({ name }) => name)
          .filter((name) => !OPTIONAL_IN_FILES.has(name));
        expect(records.map((one) => one.id)).to.deep.equal(records.map((_, index) => index + 1));
        expect(new Set(texts(id, 'record_id')).size).to.equal(records.length);
        for (const { properties } of records) {
          expect(Object.keys(properties)).to.deep.equal(fields);
          expect(properties.record_id).to.match(new RegExp(`^${id}/[A-Za-z0-9-]+$`));
          expect(properties.precision_m).to.satisfy((value: number) => Number.isInteger(value) && value > 0);
        }
      });

      it('names only values and sources that the catalogue entry lists', () => {
        const layer = layerOf(id);
        const keys = layer.sources.map(({ key }) => key);
        for (const field of layer.fields.filter(({ values }) => values))
          expect(field.values?.map(({ value }) => value)).to.include.members(texts(id, field.name));
        expect(keys).to.include.members(texts(id, 'source'));
        const licences = readFileSync(join(GEODATA, 'base/LICENSES.md'), 'utf8');
        for (const key of texts(id, 'source')) expect(licences).to.include(`\`${key}\``);
      });

      it('lies within the box, in longitude and latitude with at most five decimals', () => {
        for (const one of recordsOf(id)) {
          const [west, south, east, north] = bbox(one);
          expect(west, String(one.properties.record_id)).to.be.at.least(WEST);
          expect(south).to.be.at.least(SOUTH);
          expect(east).to.be.at.most(EAST);
          expect(north).to.be.at.most(NORTH);
          expect(JSON.stringify(one.geometry)).to.not.match(/\.\d{6}/);
        }
      });

      it('winds polygons as RFC 7946 asks, closed and without crossings', () => {
        for (const one of recordsOf(id)) {
          for (const [outer = [], ...holes] of ringsOf(one)) {
            expect(signedArea(outer), String(one.properties.record_id)).to.be.above(0);
            for (const hole of holes) expect(signedArea(hole)).to.be.below(0);
            for (const ring of [outer, ...holes]) {
              expect(ring[0]).to.deep.equal(ring.at(-1));
              const crossings = kinks({ type: 'Polygon', coordinates: [ring] }).features;
              expect(crossings.length, `${one.properties.record_id} crosses itself`).to.equal(0);
            }
          }
        }
      });
    });
  }

  it('keeps the accents of names', () => {
    expect(texts('places', 'name')).to.include.members(['Ségou', 'Ménaka', 'Timbuktu', 'Néma', 'Tillabéri']);
    expect(texts('places', 'name_fr')).to.include.members(['Tombouctou', 'Taoudénit', 'Alger', "N'Djamena"]);
    expect(texts('countries', 'name_fr')).to.include.members(['Algérie', 'Guinée-Bissau', "Côte d'Ivoire", 'Sénégal']);
    for (const id of IDS) expect(texts(id, 'name').join()).to.not.match(/Ã|\uFFFD/);
  });

  it('has the nine regions of Mali with their P-codes, and those of its seven neighbours', () => {
    const mali = recordsOf('regions').filter(({ properties }) => properties.country === 'ML');
    expect(Object.fromEntries(mali.map(({ properties }) => [properties.pcode, properties.name_fr]))).to.deep.equal({
      ML01: 'Kayes',
      ML02: 'Koulikoro',
      ML03: 'Sikasso',
      ML04: 'Ségou',
      ML05: 'Mopti',
      ML06: 'Tombouctou',
      ML07: 'Gao',
      ML08: 'Kidal',
      ML09: 'Bamako',
    });
    const counts: { [iso: string]: number } = {};
    for (const iso of texts('regions', 'country')) counts[iso] = (counts[iso] ?? 0) + 1;
    expect(counts).to.deep.equal({ ML: 9, DZ: 48, BF: 13, CI: 19, GN: 8, MR: 13, NE: 8, SN: 14 });
  });

  it('puts each regional capital of Mali into the region of its name', () => {
    const towns = ['kayes', 'koulikoro', 'sikasso', 'segou', 'mopti', 'timbuktu', 'gao', 'kidal', 'bamako'];
    towns.forEach((town, index) => {
      const { geometry } = named('places', `places/ml-${town}`);
      const region = named('regions', `regions/ML0${index + 1}`) as Feature<Polygon | MultiPolygon>;
      expect(booleanPointInPolygon((geometry as Point).coordinates, region), town).to.equal(true);
    });
  });

  it('dashes what is disputed and keeps Western Sahara whole', () => {
    const disputed = recordsOf('boundaries').filter(({ properties }) => properties.class === 'disputed');
    expect(disputed.map(({ properties }) => properties.record_id)).to.include.members([
      'boundaries/EH-MA',
      'boundaries/EH-berm',
      'boundaries/SD-SS',
    ]);
    expect(disputed.every(({ properties }) => properties.note !== null)).to.equal(true);
    const sahara = named('countries', 'countries/EH') as Feature<Polygon | MultiPolygon>;
    for (const town of ['laayoune', 'dakhla', 'tifariti'])
      expect(
        booleanPointInPolygon((named('places', `places/eh-${town}`).geometry as Point).coordinates, sahara),
      ).to.equal(true);
    expect(bbox(named('countries', 'countries/MA'))[1]).to.be.within(27.65, 27.68);
  });

  it('draws the borders of Mali with all seven neighbours, and none along the box', () => {
    const pairs = texts('boundaries', 'record_id').filter((name) => /\bML\b/.test(name));
    expect(pairs).to.have.members(
      ['BF-ML', 'CI-ML', 'DZ-ML', 'GN-ML', 'ML-MR', 'ML-NE', 'ML-SN'].map((pair) => `boundaries/${pair}`),
    );
    const onEdge = ([x, y]: Position) => x === WEST || x === EAST || y === SOUTH || y === NORTH;
    for (const { geometry, properties } of recordsOf('boundaries')) {
      const lines =
        geometry.type === 'LineString'
          ? [geometry.coordinates]
          : (geometry as { coordinates: Position[][] }).coordinates;
      for (const line of lines)
        expect(
          line.slice(1).some((point, i) => onEdge(point) && onEdge(line[i] ?? [])),
          String(properties.record_id),
        ).to.equal(false);
    }
  });

  it('lets neighbours share their common border vertex by vertex', () => {
    const border = named('boundaries', 'boundaries/ML-NE').geometry as LineString;
    for (const iso of ['ML', 'NE']) {
      const vertices = new Set(
        ringsOf(named('countries', `countries/${iso}`))
          .flat(2)
          .map(String),
      );
      expect(
        border.coordinates.every((point) => vertices.has(String(point))),
        iso,
      ).to.equal(true);
    }
  });

  it('draws the Niger as one line from its source, round the bend, to the sea', () => {
    const { geometry } = named('rivers', 'rivers/niger');
    expect(geometry.type).to.equal('LineString');
    const line = (geometry as LineString).coordinates;
    const nearest = (town: string) => {
      const { coordinates } = named('places', `places/${town}`).geometry as Point;
      const distances = line.map((point) => distance(point, coordinates));
      const least = Math.min(...distances);
      return { at: distances.indexOf(least), km: least };
    };
    const along = [
      'ml-bamako',
      'ml-segou',
      'ml-mopti',
      'ml-timbuktu',
      'ml-bourem',
      'ml-gao',
      'ml-ansongo',
      'ne-niamey',
    ].map(nearest);
    expect(along.map(({ at }) => at)).to.deep.equal(along.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(Math.max(...along.map(({ km }) => km))).to.be.below(25);
    const gaps = line.slice(1).map((point, i) => distance(line[i] ?? [], point));
    expect(Math.max(...gaps)).to.be.below(60);
    expect(line.at(-1)?.[1]).to.be.below(5);
  });

  it('has populations as whole numbers or not at all, and ranks from 1 to 4', () => {
    for (const { properties } of recordsOf('places')) {
      expect(properties.population === null || Number.isInteger(properties.population)).to.equal(true);
      expect(properties.rank).to.be.oneOf([1, 2, 3, 4]);
    }
    expect(named('places', 'places/ml-bamako').properties.rank).to.equal(1);
  });

  it('has settlements only, each once', () => {
    const places = recordsOf('places');
    expect(texts('places', 'name').filter((name) => /camp|mine\b|airport|crossing|base\b/i.test(name))).to.deep.equal(
      [],
    );
    for (const [i, a] of places.entries())
      for (const b of places.slice(i + 1))
        if (a.properties.name === b.properties.name)
          expect(distance((a.geometry as Point).coordinates, (b.geometry as Point).coordinates)).to.be.above(10);
  });

  it('says of every road that it is a scheme', () => {
    for (const { properties } of recordsOf('roads')) {
      expect(properties.confidence).to.equal('approximate');
      expect(properties.precision_m).to.be.at.least(3000);
      expect(properties.quality).to.equal('schematic');
    }
  });
});

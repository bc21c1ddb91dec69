import { readFileSync } from 'node:fs';
import * as turf from '@turf/turf';
import { expect } from 'chai';
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { describe, it } from 'mocha';
import { type Field, type Layer, LayerSchema, recordFields } from '../../../server/core/layer.ts';
import { OPTIONAL_IN_FILES } from '../../../server/core/record.ts';

/** The content of the documented layers: what a careless edit of a record would break. */

const GEODATA = new URL('../../../geodata/', import.meta.url);
const IDS = ['attacks', 'materiel', 'hubs', 'mines', 'camps', 'corridors', 'control_areas'] as const;
const SOURCES = ['unu-2024', 'alert-2014', 'sebastian-2015', 'unidir-2023', 'unf-2018'];
/** Sahel and North Africa: west, south, east, north. */
const BOX = [-18, 4, 20, 37] as const;
/** The one record that ends outside the box: gold flown from Mali to the Gulf. */
const BEYOND_THE_BOX = ['corridors/gold-mali-uae'];

type Properties = Record<string, string | number | boolean | string[] | null>;
type Row = Feature<Point | LineString | Polygon | MultiPolygon, Properties> & { id: number };

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, GEODATA), 'utf8'));
const layers = new Map<string, Layer>(IDS.map((id) => [id, LayerSchema.parse(json(`layers/${id}.json`))]));
const rows = new Map<string, Row[]>(
  IDS.map((id) => [id, (json(`documented/${id}.geojson`) as FeatureCollection).features as Row[]]),
);
const layerOf = (id: string): Layer => layers.get(id) as Layer;
const rowsOf = (id: string): Row[] => rows.get(id) as Row[];
const named = (id: string, slug: string): Row => {
  const found = rowsOf(id).find((row) => row.properties.record_id === `${id}/${slug}`);
  if (!found) throw new Error(`no record ${id}/${slug}`);
  return found;
};
const text = (row: Row, field: string): string => String(row.properties[field] ?? '');
const validOn = (row: Row, day: string): boolean =>
  text(row, 'valid_from') <= day && (row.properties.valid_to === null || day < text(row, 'valid_to'));
const controlOn = (day: string): Row[] => rowsOf('control_areas').filter((row) => validOn(row, day));
const actorsOn = (day: string): string[] => controlOn(day).map((row) => text(row, 'actor'));
const polygonsOf = (row: Row): Position[][][] =>
  row.geometry.type === 'Polygon' ? [row.geometry.coordinates] : (row.geometry as MultiPolygon).coordinates;

/** Whether a value is of its field's type; null is "unknown" in any field. */
function fits(value: Properties[string] | undefined, field: Field): boolean {
  if (value === null) return true;
  const listed = field.values?.map((entry) => entry.value);
  switch (field.type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && new Date(value).toISOString().startsWith(value) && value.length === 10;
    case 'datetime':
      return typeof value === 'string' && new Date(value).toISOString() === value;
    case 'strings':
      return Array.isArray(value) && value.every((entry) => !listed || listed.includes(entry));
    case 'string':
      return typeof value === 'string' && value !== '' && (!listed || listed.includes(value));
  }
}

for (const id of IDS) {
  describe(`geodata/documented/${id}`, () => {
    it('has one feature a line, numbered from 1, with permanent names that are unique', () => {
      const file = readFileSync(new URL(`documented/${id}.geojson`, GEODATA), 'utf8');
      expect(file.endsWith('\n')).to.equal(true);
      expect(file.split('\n').filter((line) => line.startsWith('{"type":"Feature",'))).to.have.length(
        rowsOf(id).length,
      );
      expect(rowsOf(id).map((row) => row.id)).to.deep.equal(rowsOf(id).map((_, index) => index + 1));
      const names = rowsOf(id).map((row) => text(row, 'record_id'));
      expect(new Set(names).size).to.equal(names.length);
      for (const name of names) expect(name).to.match(new RegExp(`^${id}/[A-Za-z0-9-]+$`));
    });

    it('has exactly the fields of its layer, with values of their types and lists', () => {
      const fields = recordFields(layerOf(id));
      const expected = fields
        .map((field) => field.name)
        .filter((name) => !OPTIONAL_IN_FILES.has(name))
        .sort();
      for (const row of rowsOf(id)) {
        expect(Object.keys(row.properties).sort(), text(row, 'record_id')).to.deep.equal(expected);
        for (const field of fields) {
          expect(fits(row.properties[field.name] ?? null, field), `${text(row, 'record_id')} ${field.name}`).to.equal(
            true,
          );
        }
      }
    });

    it('cites sources that the layer declares, with a place in each, and the facts it restates', () => {
      const declared = layerOf(id).sources.map((source) => source.key);
      for (const row of rowsOf(id)) {
        const name = text(row, 'record_id');
        const keys = text(row, 'source').split('; ');
        expect(declared, name).to.include.members(keys);
        expect(SOURCES, name).to.include.members(keys);
        expect(text(row, 'locator'), name).to.match(/l\.\d+|en\d+|fn\d+|Fig\.\d/);
        if (keys.length > 1) for (const key of keys) expect(text(row, 'locator'), name).to.include(`${key} `);
        expect(row.properties.facts as string[], name).to.be.an('array').that.is.not.empty;
        for (const fact of row.properties.facts as string[]) expect(fact, name).to.match(/^[DUSFA]\d{3}$/);
        expect(row.properties.precision_m as number, name).to.be.greaterThan(0);
        expect(
          ['summary', 'summary_fr'].every((field) => text(row, field) !== ''),
          name,
        ).to.equal(true);
      }
    });

    it('lies in the Sahel and North Africa, with at most five decimals and intervals that are not empty', () => {
      for (const row of rowsOf(id)) {
        const name = text(row, 'record_id');
        for (const [lon, lat] of turf.coordAll(row) as [number, number][]) {
          for (const value of [lon, lat]) expect(Math.round(value * 1e5) / 1e5, name).to.equal(value);
          if (BEYOND_THE_BOX.includes(name)) continue;
          expect(lon, name).to.be.within(BOX[0], BOX[2]);
          expect(lat, name).to.be.within(BOX[1], BOX[3]);
        }
        const { valid_from: from, valid_to: to } = row.properties;
        if (from !== null && to !== null) expect(String(from) < String(to), name).to.equal(true);
      }
    });
  });
}

describe('geodata/documented, the stories that must be followable', () => {
  it('takes the ammunition of Youwarou to Sofara, the centre, south of the river, and north of it only in 2021', () => {
    const lot = rowsOf('materiel')
      .filter((row) => row.properties.lot === 'youwarou-2016')
      .sort((a, b) => text(a, 'valid_from').localeCompare(text(b, 'valid_from')) || a.id - b.id);
    expect(lot.map((row) => text(row, 'event'))).to.deep.equal(['diversion', ...Array(4).fill('recovery')]);
    const [youwarou, sofara, centre, south, north] = lot as [Row, Row, Row, Row, Row];
    expect([youwarou.properties.valid_from, youwarou.properties.valid_to]).to.deep.equal(['2016-08-01', '2016-09-01']);
    expect(youwarou.geometry).to.deep.equal({ type: 'Point', coordinates: [-4.2628, 15.3684] });
    expect([sofara.properties.valid_from, sofara.properties.valid_to]).to.deep.equal(['2016-09-14', '2016-09-15']);
    expect(sofara.geometry).to.deep.equal({ type: 'Point', coordinates: [-4.2315, 14.0126] });
    expect([centre, south].map((row) => text(row, 'record_id'))).to.deep.equal(['materiel/D060', 'materiel/D061']);
    for (const row of [centre, south]) expect(text(row, 'valid_from') > '2016-09-14').to.equal(true);
    expect(north.properties.valid_from).to.equal('2021-01-01');
    // The Niger runs at about 16.8 degrees north between Timbuktu and Gourma-Rharous.
    expect((south.geometry as Point).coordinates[1]).to.be.lessThan(16.6);
    expect((north.geometry as Point).coordinates[1]).to.be.greaterThan(16.95);
    for (const row of lot) expect([row.properties.producer, row.properties.year]).to.deep.equal(['Egypt', 2015]);
  });

  it('links stolen vehicles, mining explosives and looted warehouses to where they came to light', () => {
    for (const lot of ['vehicle-bamako-2018', 'vehicle-gao-2021', 'douentza-cache-2017', 'gao-warehouses-2012']) {
      const events = rowsOf('materiel').filter((row) => row.properties.lot === lot);
      const when = (event: string) =>
        events.filter((row) => row.properties.event === event).map((row) => text(row, 'valid_from'));
      expect(when('diversion'), lot).to.have.length(1);
      expect(when('recovery'), lot).to.be.an('array').that.is.not.empty;
      for (const day of when('recovery')) expect(String(when('diversion')[0]) < day, lot).to.equal(true);
    }
  });

  it('keeps numbers that the reports do not state, or contradict, out of the counts', () => {
    const gao = named('attacks', 'F028');
    expect([gao.properties.killed, gao.properties.injured]).to.deep.equal([null, null]);
    expect(named('attacks', 'U065').properties.killed).to.equal(null);
    for (const slug of ['D046', 'D073', 'F019', 'F028']) {
      expect(text(named('attacks', slug), 'note'), slug).to.match(/contradict/i);
    }
  });

  it('names the sides without naming a person', () => {
    const all = IDS.map((id) => JSON.stringify(rowsOf(id))).join(' ');
    for (const word of ['Imam', 'imam', 'Almouner', 'Goïta', 'Ag ']) expect(all).to.not.include(word);
  });
});

describe('geodata/documented/corridors', () => {
  const flows = () => rowsOf('corridors').filter((row) => row.properties.drawn === 'flow');
  const routes = () => rowsOf('corridors').filter((row) => row.properties.drawn === 'route');

  it('draws a flow straight between its two ends and says that it is not a route', () => {
    expect(flows()).to.not.have.length(0);
    for (const row of flows()) {
      expect((row.geometry as LineString).coordinates, text(row, 'record_id')).to.have.length(2);
      expect(row.properties.via, text(row, 'record_id')).to.deep.equal([]);
      expect(text(row, 'note'), text(row, 'record_id')).to.match(/^Not a route/);
    }
  });

  it('draws a route as a smooth line whose way is owned up to be from general knowledge', () => {
    expect(routes()).to.not.have.length(0);
    for (const row of routes()) {
      expect((row.geometry as LineString).coordinates.length, text(row, 'record_id')).to.be.within(10, 100);
      expect(text(row, 'note'), text(row, 'record_id')).to.match(/general knowledge/);
    }
  });

  it('takes the routes through the towns they name', () => {
    const towns: [string, Position][] = [
      ['arms-libya-gao', [2.3961, 15.9199]],
      ['arms-libya-gao', [0.5022, 15.6597]],
      ['arms-libya-timbuktu', [1.0119, 20.2013]],
      ['fuel-algeria-north', [1.4092, 18.4434]],
      ['migrants-gao-north', [-0.3486, 16.955]],
    ];
    for (const [slug, town] of towns) {
      expect((named('corridors', slug).geometry as LineString).coordinates, slug).to.deep.include(town);
    }
  });

  it('leaves out what only tells where the parts of the Ber bomb came from', () => {
    const facts = rowsOf('corridors').flatMap((row) => row.properties.facts as string[]);
    for (const fact of ['D077', 'D078', 'D079', 'D080', 'D081']) {
      expect(facts).to.not.include(fact);
      expect(named('materiel', fact).properties.lot).to.equal('ber-2018');
    }
  });
});

describe('geodata/documented/control_areas', () => {
  it('has closed, simple rings wound as RFC 7946 asks', () => {
    for (const row of rowsOf('control_areas')) {
      const name = text(row, 'record_id');
      for (const polygon of polygonsOf(row)) {
        for (const [index, ring] of polygon.entries()) {
          expect(ring.length, name).to.be.greaterThan(12);
          expect(ring[0], name).to.deep.equal(ring[ring.length - 1]);
          expect(turf.booleanClockwise(ring), `${name} ring ${index}`).to.equal(index > 0);
        }
      }
      expect(turf.booleanValid(row), name).to.equal(true);
      expect(turf.kinks(row as Feature<Polygon>).features, name).to.have.length(0);
    }
  });

  it('ends the takeovers of 2012 in January 2013, the day on which the State returns', () => {
    const takeovers = rowsOf('control_areas').filter(
      (row) => row.properties.alignment === 'jihadist' && text(row, 'valid_from') < '2013-02-01',
    );
    expect(takeovers.map((row) => text(row, 'actor'))).to.include.members([
      'MUJAO',
      'Ansar Eddine',
      'Ansar Eddine-AQIM',
      'Ansar Eddine-AQIM-MUJAO',
    ]);
    for (const row of takeovers) expect(row.properties.valid_to, text(row, 'record_id')).to.equal('2013-01-26');
    const returned = ['gao', 'timbuktu', 'konna', 'diabaly', 'douentza'].map((town) =>
      text(named('control_areas', `state-${town}`), 'valid_from'),
    );
    expect(new Set(returned)).to.deep.equal(new Set(['2013-01-26']));
  });

  it('has a picture for each time that the reports describe', () => {
    expect(actorsOn('2012-05-01')).to.include.members(['MNLA', 'State']);
    expect(actorsOn('2012-08-01')).to.include.members(['MUJAO', 'Ansar Eddine']).and.not.include('MNLA');
    expect(new Set(actorsOn('2013-03-01'))).to.deep.equal(new Set(['State']));
    expect(actorsOn('2015-09-01')).to.include.members(['Katiba Macina', 'ISGS', 'CMA', 'State']);
    for (const day of ['2022-01-01', '2022-12-31', '2023-06-30']) {
      expect(actorsOn(day), day).to.include.members(['JNIM', 'ISGS', 'ISGS-JNIM', 'CMA', 'Plateforme', 'State']);
    }
  });

  it('never lets two hold the same ground on the same day', () => {
    const holds = rowsOf('control_areas').filter((row) => row.properties.control === 'holds');
    const end = (row: Row) => text(row, 'valid_to') || '9999';
    for (const [index, a] of holds.entries()) {
      for (const b of holds.slice(index + 1)) {
        if (text(a, 'valid_from') >= end(b) || text(b, 'valid_from') >= end(a)) continue;
        const pair = turf.featureCollection([a, b] as Feature<Polygon>[]);
        const shared = turf.intersect(pair);
        // Less than a square kilometre is the rounding of a common edge.
        expect(shared ? turf.area(shared) : 0, `${a.properties.record_id} ${b.properties.record_id}`).to.be.below(1e6);
      }
    }
  });
});

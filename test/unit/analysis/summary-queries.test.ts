import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { insideQuery, segmentsQuery, throughUnitsQuery } from '../../../server/query/analysis/control-stretches.ts';
import { boundsQuery, corridorsQuery, sitesQuery } from '../../../server/query/analysis/crossings.ts';
import { cellPointsQuery, cellsQuery, pointsQuery } from '../../../server/query/analysis/summary/points.ts';
import { polygonsQuery } from '../../../server/query/analysis/summary/polygons.ts';
import { type Units, unitsQuery, unitsSizeQuery } from '../../../server/query/analysis/summary/units.ts';
import type { Filter } from '../../../server/query/filter.ts';
import type { Query } from '../../../server/query/sql.ts';
import { testLayer } from '../../support/analysis.ts';

const served = (id: string, geometry: 'point' | 'line' | 'polygon'): PublishedLayer => ({
  // Names that the queries use for themselves, and a quotation mark's worth of trouble.
  ...testLayer(
    id,
    geometry,
    [
      ['unit', 'string'],
      ['step', 'string'],
      ['actor', 'string'],
      ['records', 'integer'],
    ],
    {
      kind: geometry === 'point' ? 'unit' : undefined,
      measures: geometry === 'point' ? ['records'] : [],
    },
  ),
  ...{ generation: 7, table: `${id}_7`, count: 1, bbox: null, interval: null, prepared: UNPREPARED },
});
const [POINTS, LINES, AREAS] = [served('points', 'point'), served('lines', 'line'), served('areas', 'polygon')];
/** A class of access that stands nowhere else, so that each use of it can be counted. */
const filter: Filter = { access: { handling: ['public'] } };
const place = { type: 'Point', coordinates: [987.5, 0] };
const units: Units = { of: 'collection', layer: AREAS, filter, place };
const shapes: Units = { of: 'shapes', shapes: [place] };

const QUERIES: readonly (readonly [name: string, query: Query, layers: number])[] = [
  ['pointsQuery', pointsQuery(POINTS, filter, units, 'month'), 3],
  ['pointsQuery by shapes', pointsQuery(POINTS, filter, shapes, undefined), 2],
  ['cellPointsQuery', cellPointsQuery(POINTS, filter, 4, 'quarter', 987.5), 1],
  ['polygonsQuery', polygonsQuery(AREAS, filter, units), 2],
  ['unitsQuery', unitsQuery(units), 1],
  ['unitsSizeQuery', unitsSizeQuery(units, 100), 1],
  ['unitsSizeQuery of shapes', unitsSizeQuery(shapes, 100), 0],
  ['cellsQuery', cellsQuery(POINTS, filter, 4, 100), 1],
  ['segmentsQuery', segmentsQuery({ layer: LINES, filter }), 1],
  ['insideQuery', insideQuery({ layer: LINES, filter }, [{ layer: AREAS, filter }]), 2],
  ['throughUnitsQuery', throughUnitsQuery({ geometry: place }, units), 1],
  ['boundsQuery', boundsQuery(AREAS, filter), 2],
  ['corridorsQuery', corridorsQuery(LINES, filter), 1],
  ['sitesQuery', sitesQuery({ layer: POINTS, filter }, [{ layer: AREAS, filter }]), 2],
];

describe('queries of summary and crossings', () => {
  for (const [name, { text, values }, layers] of QUERIES) {
    it(`${name} applies access wherever it reads records, and takes what is asked as values`, () => {
      expect(text.match(/FROM "layer"\./g)?.length ?? 0).to.equal(layers);
      expect(text.match(/WHERE handling = ANY\(|AND handling = ANY\(/g)?.length ?? 0).to.equal(layers);
      expect(values.filter((value) => Array.isArray(value) && value.join() === 'public').length).to.equal(layers);
      expect(text).not.to.include('987');
      const used = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
      expect(new Set(used).size).to.equal(values.length);
    });
  }
});

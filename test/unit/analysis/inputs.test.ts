import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { parseInputs } from '../../../server/analysis/execute.ts';
import { MAX_VERTICES } from '../../../server/analysis/geometry.ts';
import { inputsOf, PlaceSchema, SelectionsSchema } from '../../../server/analysis/inputs.ts';
import type { Process } from '../../../server/analysis/process.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';

const inputs = inputsOf({
  within_km: z.number().min(0.1).max(500).default(25),
  events: SelectionsSchema.optional(),
  ways: z.array(PlaceSchema).max(3).optional(),
});
const process = { inputs } as unknown as Process;
const parse = (given: unknown) => parseInputs(process, given);

/** The pointers, and what is said of each. */
function faultsOf(given: unknown): Record<string, string> {
  try {
    parse(given);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidParameter);
    const { faults } = error as InvalidParameter;
    return Object.fromEntries(faults.map(({ pointer, detail }) => [pointer, detail]));
  }
  throw new Error('it was taken');
}

describe('the inputs of a process', () => {
  it('may be left out, and have their defaults then', () => {
    for (const given of [{}, null, undefined]) {
      expect(parse(given)).to.deep.equal({ within_km: 25, mix: false, generations: {} });
    }
  });

  it('name a collection, several, or narrowed ones, or none at all', () => {
    const narrowed = { collection: 'attacks', datetime: '2016', max_precision_m: 5_000 };
    expect(() => parse({ events: narrowed })).to.throw(InvalidParameter);
    const good = { ...narrowed, datetime: '2016-01-01/..' };
    expect(parse({ events: 'attacks' }).events).to.deep.equal(['attacks']);
    expect(parse({ events: ['attacks', good] }).events).to.deep.equal(['attacks', good]);
    expect(parse({ events: [] }).events).to.deep.equal([]);
  });

  it('are the same when what was understood is given again', () => {
    const given = {
      ...{
        within_km: 10,
        events: ['attacks', { collection: 'mines', filter: { op: '=', args: [{ property: 'a' }, 1] } }],
      },
      ...{ place: { bbox: [-5, 10, 5, 20] }, datetime: '2014-01-01/2022-12-31', known_at: '2026-11-21' },
      generations: { attacks: 3 },
    };
    const once = parse(given);
    expect(parse(once)).to.deep.equal(once);
  });

  it('are refused with the limit, at the place of the fault', () => {
    expect(faultsOf({ within_km: 501 })).to.deep.equal({
      '/inputs/within_km': 'within_km: Too big: expected number to be <=500.',
    });
    expect(faultsOf({ max_precision_m: -1 })['/inputs/max_precision_m']).to.include('>=0');
    expect(faultsOf({ generations: { attacks: 0 } })['/inputs/generations/attacks']).to.include('>=1');
    expect(faultsOf({ datetime: '2016-13-01' })['/inputs/datetime']).to.include('is a day, an instant or an interval');
    expect(faultsOf({ known_at: '2026-01-01/..' })['/inputs/known_at']).to.include('is a day or an instant');
    expect(Object.keys(faultsOf({ within_km: '25', mix: 1 }))).to.deep.equal(['/inputs/mix', '/inputs/within_km']);
  });

  it('are refused at the place inside the form that was meant', () => {
    expect(faultsOf({ events: { collection: 'attacks', max_precision_m: -5 } })).to.deep.equal({
      '/inputs/events/max_precision_m': 'events.max_precision_m: Too small: expected number to be >=0.',
    });
    expect(faultsOf({ events: ['attacks', { collection: 'mines', datetime: 'yesterday' }] })).to.have.keys(
      '/inputs/events/1/datetime',
    );
    expect(faultsOf({ events: 'Attacks!' })['/inputs/events']).to.include('is the id of a collection');
    expect(faultsOf({ place: { bbox: [-5, 10, 5, 91] } })).to.deep.equal({
      '/inputs/place/bbox/3': 'place.bbox.3: Too big: expected number to be <=90.',
    });
    expect(faultsOf({ place: { geometry: { type: 'Point', coordinates: [181, 0] } } })).to.have.keys(
      '/inputs/place/geometry/coordinates/0',
    );
    expect(faultsOf({ place: { collection: 'mines' } })).to.have.keys('/inputs/place/item');
    expect(faultsOf({ ways: [{ admin: 'Gao' }, { admin: '' }] })).to.have.keys('/inputs/ways/1/admin');
  });

  it('are refused where no form fits', () => {
    const fits = 'is in none of the forms that it may have';
    expect(faultsOf({ place: { bbox: [0, 0, 1, 1], admin: 'Gao' } })['/inputs/place']).to.include(fits);
    expect(faultsOf({ place: 'Gao' })['/inputs/place']).to.include(fits);
    expect(faultsOf({ events: 7 })['/inputs/events']).to.include(fits);
  });

  it('that nobody knows are named, also with signs that JSON pointers escape', () => {
    expect(faultsOf({ within: 25, 'a/b~c': 1 })).to.have.keys('/inputs/within', '/inputs/a~1b~0c');
    expect(faultsOf([])).to.have.keys('/inputs');
    expect(faultsOf('corridor')).to.have.keys('/inputs');
  });

  it('are geometries of GeoJSON, of no more vertices than can be drawn', () => {
    const line = (vertices: number) => ({
      geometry: { type: 'LineString', coordinates: Array.from({ length: vertices }, (_, at) => [at / 1e4, 14]) },
    });
    expect(() => parse({ place: line(MAX_VERTICES) })).not.to.throw();
    expect(faultsOf({ place: line(MAX_VERTICES + 1) })['/inputs/place/geometry']).to.include('50000 vertices');
    expect(faultsOf({ place: line(1) })).to.have.keys('/inputs/place/geometry/coordinates');
    for (const type of ['GeometryCollection', 'Circle']) {
      expect(() => parse({ place: { geometry: { type, geometries: [], coordinates: [] } } }), type).to.throw(
        InvalidParameter,
      );
    }
  });
});

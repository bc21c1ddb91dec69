import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { caveatsOf } from '../../../server/analysis/exposure/caveats.ts';
import { COMMODITY_COLUMNS, ROW_FIELDS } from '../../../server/analysis/exposure/fields.ts';
import type { ExposureNumbersIn } from '../../../server/analysis/exposure/numbers.ts';
import { commoditiesOf } from '../../../server/analysis/exposure/parts.ts';
import { ranked } from '../../../server/analysis/exposure/rank.ts';
import {
  COMPONENTS,
  comparable,
  HalfSchema,
  type Measures,
  scoreOf,
  WeightsSchema,
} from '../../../server/analysis/exposure/score.ts';
import { RECORD_FIELDS, RESERVED_NAMES } from '../../../server/core/layer.ts';
import type { NearestRow } from '../../../server/query/analysis/exposure/nearest.ts';

const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 100, noNaN: true }));
const weights = fc.record({ attacks: weight, killed: weight, corridor: weight, contested: weight, trend: weight });
const positive = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const half = fc.record({ attacks: positive, killed: positive, corridor_km: positive, trend: positive });
const measures: fc.Arbitrary<Measures> = fc.record(
  {
    comparableAttacks: fc.double({ min: 0, max: 1e6, noNaN: true }),
    comparableKilled: fc.double({ min: 0, max: 1e6, noNaN: true }),
    corridorKm: fc.option(fc.double({ min: 0, max: 20_000, noNaN: true }), { nil: undefined }),
    contestedShare: fc.double({ min: 0, max: 1, noNaN: true }),
    firstHalf: fc.nat(10_000),
    lastHalf: fc.nat(10_000),
  },
  { requiredKeys: ['comparableAttacks', 'comparableKilled', 'contestedShare', 'firstHalf', 'lastHalf'] },
);
const DEFAULTS = { weights: WeightsSchema.parse(undefined), half: HalfSchema.parse(undefined) };

describe('the score of exposure', () => {
  it('is the weighted sum of components from 0 to 1, for any weights, as anyone can check by hand', () => {
    fc.assert(
      fc.property(measures, weights, half, (given, by, constants) => {
        const { components, parts, score } = scoreOf(given, by, constants);
        for (const component of COMPONENTS) {
          expect(components[component]).to.be.within(0, 1);
          expect(parts[component]).to.be.closeTo(by[component] * components[component], 5.01e-5);
        }
        const isScored = COMPONENTS.some((component) => by[component] > 0);
        if (!isScored) expect(score).to.equal(undefined);
        else {
          const sum = COMPONENTS.reduce((total, component) => total + parts[component], 0);
          expect(score).to.be.closeTo(sum, 1e-9);
        }
      }),
    );
  });

  it('has the formulas that its inputs state', () => {
    const given = {
      ...{ comparableAttacks: 10, comparableKilled: 60, corridorKm: 75, contestedShare: 0.3 },
      ...{ firstHalf: 2, lastHalf: 8 },
    };
    const { components, parts, score } = scoreOf(given, DEFAULTS.weights, DEFAULTS.half);
    expect(components).to.deep.equal({ attacks: 0.5, killed: 0.75, corridor: 0.25, contested: 0.3, trend: 0.3 });
    expect(parts).to.deep.equal({ attacks: 0.2, killed: 0.15, corridor: 0.05, contested: 0.03, trend: 0.03 });
    expect(score).to.equal(0.46);
    const falling = scoreOf({ ...given, firstHalf: 8, lastHalf: 2 }, DEFAULTS.weights, DEFAULTS.half);
    expect(falling.components.trend).to.equal(0);
    const alone = scoreOf({ ...given, corridorKm: undefined }, DEFAULTS.weights, DEFAULTS.half);
    expect(alone.components.corridor).to.equal(0);
  });

  it('does not fall when more is recorded', () => {
    fc.assert(
      fc.property(measures, weights, half, fc.nat(100), (given, by, constants, more) => {
        const { attacks, killed } = scoreOf(given, by, constants).components;
        const comparableAttacks = given.comparableAttacks + more;
        const comparableKilled = given.comparableKilled + more;
        const worse = scoreOf({ ...given, comparableAttacks, comparableKilled }, by, constants).components;
        expect(worse.attacks).to.be.at.least(attacks);
        expect(worse.killed).to.be.at.least(killed);
      }),
    );
  });

  it('has weights that default where they are not given, and are refused where they are no weights', () => {
    expect(DEFAULTS.weights).to.deep.equal({ attacks: 0.4, killed: 0.2, corridor: 0.2, contested: 0.1, trend: 0.1 });
    expect(WeightsSchema.parse({ attacks: 0 })).to.include({ attacks: 0, killed: 0.2 });
    for (const wrong of [{ attacks: -1 }, { attacks: 101 }, { attacks: Number.NaN }, { hidden: 1 }]) {
      expect(WeightsSchema.safeParse(wrong).success).to.equal(false);
    }
    expect(HalfSchema.safeParse({ trend: 0 }).success).to.equal(false);
  });

  it('brings what is near a line to the ground near a point', () => {
    expect(comparable(7, 0, 25)).to.equal(7);
    // A strip of 100 x 50 km and the two half discs at its ends, against a disc.
    const disc = Math.PI * 25 ** 2;
    expect(comparable(10, 100, 25)).to.be.closeTo((10 * disc) / (100 * 50 + disc), 1e-9);
  });
});

describe('the table of exposure', () => {
  it('ranks the highest score first, and of those alike the first record', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ score: fc.constantFrom(0, 0.5, 1) })), (given) => {
        const rows = ranked(given.map((row, record) => ({ ...row, record })));
        expect(rows.map(({ rank }) => rank)).to.deep.equal(rows.map((_, index) => index + 1));
        for (const [index, row] of rows.slice(1).entries()) {
          const before = rows[index] as typeof row;
          expect(before.score > row.score || (before.score === row.score && before.record < row.record)).to.equal(true);
        }
      }),
    );
    expect(ranked([{ record: 1 }, { record: 2 }] as { record: number; score?: number }[])).to.deep.equal([
      { record: 1 },
      { record: 2 },
    ]);
  });

  it('has columns that a layer can have', () => {
    const names = ROW_FIELDS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names.filter((name) => name.endsWith('_commodity'))).to.have.length(1 + COMMODITY_COLUMNS);
    for (const name of names) {
      expect(name).to.match(/^[a-z][a-z0-9_]{0,47}$/);
      expect(RESERVED_NAMES).not.to.include(name);
      expect(RECORD_FIELDS.map((field) => field.name)).not.to.include(name);
    }
  });

  it('puts commodities in the order of text, one that is not said last, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.option(fc.string({ maxLength: 8 })), { maxLength: 4 })), (given) => {
        const rows = given.map((each) => ({ nearest: each.map((commodity) => ({ commodity }) as NearestRow) }));
        const found = commoditiesOf(rows);
        const said = found.filter((each) => each !== null);
        expect(found).to.have.members([...new Set(given.flat())]);
        expect(found).to.deep.equal([...new Set(said)].sort().concat(found.includes(null) ? [null as never] : []));
      }),
    );
  });

  it('says in whole sentences how many rows rest on few attacks, and which commodities have no column', () => {
    const numbers = {
      ...{ rows: 20, rows_imprecise: 0, flows_left_out: 0, within_km: 25 },
      attacks: { counted: 0, killed: 0, imprecise: 0 },
    } as unknown as ExposureNumbersIn;
    const told = (some: number, left: number) =>
      caveatsOf({ ...numbers, rows_with_few_attacks: some, commodities_left_out: left }, [], 0)
        .filter(({ code }) => code !== 'ranks')
        .flatMap(({ text: { en, fr } }) => [en, fr]);
    expect(told(1, 0)).to.deep.equal([
      '1 row of 20 rests on fewer than 10 attacks: its place may be chance.',
      '1 ligne sur 20 repose sur moins de 10 attaques : sa place peut tenir au hasard.',
    ]);
    expect(told(2, 0)[0]).to.contain('2 rows of 20 rest on');
    expect(told(2, 0)[1]).to.contain('2 lignes sur 20 reposent sur');
    expect(told(0, 1)[0]).to.contain('1 commodity has no column: 10 have');
    expect(told(0, 3)[1]).to.contain('3 trafics n’ont pas de colonne');
  });

  it('keeps the parts of every component beside the score', () => {
    const names = ROW_FIELDS.map(({ name }) => name);
    for (const component of COMPONENTS)
      expect(names).to.include.members([`component_${component}`, `part_${component}`]);
  });
});

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { apportion } from '../../../scripts/modelled/apportion.ts';
import { published, readCalibration } from '../../../scripts/modelled/calibration.ts';
import { generate, SEED } from '../../../scripts/modelled/generate.ts';
import { readGround } from '../../../scripts/modelled/ground.ts';
import { SPREAD_LIMIT_M } from '../../../scripts/modelled/place.ts';
import { TOWNS } from '../../../scripts/modelled/towns.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { parseRecords } from '../../../server/core/record.ts';
import { type Count, casesOf } from '../../support/calibration.ts';

const geodata = (path: string) => readFileSync(new URL(`../../../geodata/${path}`, import.meta.url), 'utf8');

const layer = LayerSchema.parse(JSON.parse(geodata('layers/attacks_modelled.json')));
const committed = geodata(layer.data ?? '');
const calibration = readCalibration();
const ground = readGround();
const OTHER_SEED = SEED + 1;
const other = generate(OTHER_SEED, calibration, ground);

interface Attack {
  readonly kind: string;
  readonly target: string;
  readonly region: string;
  readonly killed: number;
  readonly injured: number;
  readonly confidence: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly lon: number;
  readonly lat: number;
}

const attacksIn = (text: string): Attack[] =>
  parseRecords(layer, JSON.parse(text)).map(({ geometry, properties }) => {
    const [lon, lat] = geometry.coordinates as [number, number];
    return { ...(properties as unknown as Attack), lon, lat };
  });

function counted(attacks: readonly Attack[], { measure, years, targets, kind, regions }: Count): number {
  const chosen = attacks.filter((attack) => {
    const year = Number(attack.valid_from.slice(0, 4));
    if (year < years[0] || year > years[1]) return false;
    if (targets && !targets.includes(attack.target)) return false;
    return (!kind || attack.kind === kind) && (!regions || regions.includes(attack.region));
  });
  return measure === 'attacks' ? chosen.length : chosen.reduce((sum, attack) => sum + attack[measure], 0);
}

describe('modelled attacks', () => {
  it('come out byte for byte as committed', () => {
    expect(generate(SEED, calibration, ground) === committed).to.equal(true, 'run: npm run modelled');
  });

  it('differ from seed to seed', () => {
    const positions = (text: string) => attacksIn(text).map(({ lon, lat }) => `${lon} ${lat}`);
    const same = new Set(positions(committed));
    expect(positions(other).filter((position) => same.has(position)).length).to.be.below(400);
  });

  it('stay below 950 KB', () => {
    expect(Buffer.byteLength(committed)).to.be.below(950 * 1024);
  });

  for (const [name, text] of [
    [`seed ${SEED}, committed`, committed],
    [`seed ${OTHER_SEED}`, other],
  ] as const) {
    describe(`meet the published totals: ${name}`, () => {
      const attacks = attacksIn(text);
      for (const { title, count, of, between } of casesOf(calibration)) {
        it(title, () => {
          const number = counted(attacks, count) / (of ? counted(attacks, of) : 1);
          expect(number).to.be.within(...between);
        });
      }

      it('grow from year to year', () => {
        const perYear = Array.from({ length: 9 }, (_, k) => {
          return counted(attacks, { measure: 'attacks', years: [2014 + k, 2014 + k] });
        });
        expect(perYear).to.deep.equal(perYear.toSorted((x, y) => x - y));
      });

      it('say of each record that it is modelled, and on one day', () => {
        expect(attacks.map(({ confidence }) => confidence)).to.satisfy((all: string[]) => new Set(all).size === 1);
        expect(attacks[0]?.confidence).to.equal('modelled');
        for (const { valid_from, valid_to } of attacks) {
          expect(Date.parse(valid_to) - Date.parse(valid_from)).to.equal(86_400_000);
        }
      });

      it('lie as near to a town of their region as they state', () => {
        for (const { lon, lat, region } of attacks) {
          const distances = TOWNS.filter((town) => town.region === region).map((town) =>
            Math.hypot((lon - town.lon) * Math.cos((town.lat * Math.PI) / 180), lat - town.lat),
          );
          expect(Math.min(...distances) * 111_320).to.be.at.most(SPREAD_LIMIT_M);
        }
      });
    });
  }
});

describe('published totals', () => {
  it('agree with one another', () => {
    const value = (id: string) => published(calibration, id);
    const kinds = ['ied', 'indirect_fire', 'small_arms', 'complex'];
    const sum = (prefix: string) => kinds.reduce((all, kind) => all + value(`${prefix}.${kind}`), 0);
    expect(value('attacks.2014') + value('attacks.2015_2021') + value('attacks.2022')).to.equal(value('attacks'));
    expect(sum('mission')).to.equal(value('mission'));
    expect(sum('mission.killed')).to.equal(value('mission.killed'));
    expect(value('mission') / value('attacks')).to.be.closeTo(value('mission.share'), 0.0005);
    expect(value('mission') / 9).to.be.closeTo(value('mission.yearly'), 0.05);
  });
});

describe('apportion', () => {
  it('gives integers that sum to the total, each less than one from its exact part', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), weights, (total, given) => {
        const parts = apportion(total, given);
        const sum = given.reduce((all, weight) => all + weight, 0);
        expect(parts.reduce((all, part) => all + part, 0)).to.equal(total);
        parts.forEach((part, k) => {
          expect(part).to.satisfy(Number.isInteger);
          expect(Math.abs(part - (total * (given[k] as number)) / sum)).to.be.below(1);
        });
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { corridor } from '../../../server/analysis/corridor.ts';
import { trace } from '../../../server/analysis/trace.ts';
import { ask } from '../../support/analysis.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../../support/database.ts';

/** In one line, without the marks of a quotation. */
const DOCUMENT = readFileSync(path.resolve(GEODATA, '../docs/analysis.md'), 'utf8').replaceAll(/\n(> )?/g, ' ');

interface Found {
  readonly length_km: number;
  readonly outside_study_area_km: number;
  readonly events: { readonly count: number };
  readonly study_area: {
    readonly rate_ratio?: number;
    readonly rate_ratio_lower: number;
    readonly rate_ratio_upper?: number;
  };
}

describe('the walk-through of docs/analysis.md', () => {
  let database: TestDatabase;
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  const decimals = (value: number | undefined) =>
    new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value ?? Number.NaN);
  const along = async (line: object, inputs: object = {}) => {
    const asked = { line, datetime: '2014-01-01/2022-12-31', ...inputs };
    const { result } = await ask(database, corridor, asked);
    const numbers = result.numbers as unknown as Found;
    const { rate_ratio, rate_ratio_lower, rate_ratio_upper } = numbers.study_area;
    const bounds = `${decimals(rate_ratio_lower)} to ${decimals(rate_ratio_upper)}`;
    return {
      ...numbers,
      ratio: `${decimals(rate_ratio)} (${bounds})`,
      ratioInWords: `${decimals(rate_ratio)} times (${bounds})`,
      text: result.text.en,
    };
  };
  const way = (item: number) => ({ collection: 'corridors', item });

  it('has the answers on the documented events', async () => {
    for (const [index, town] of ['Gao', 'Ménaka', 'Timbuktu', 'Kidal'].entries()) {
      const { events, ratio, outside_study_area_km: outside, length_km: length } = await along(way(index + 1));
      const km = `${Math.round(outside)} of ${Math.round(length).toLocaleString('en')} km`;
      expect(DOCUMENT).to.include(`| ${town} | ${events.count} | ${ratio} | ${km} |`);
    }
    const [silent = 'nothing'] = /No report is not calm: .*/.exec((await along(way(1))).text) ?? [];
    expect(DOCUMENT).to.include(silent);
    const { events, ratioInWords } = await along(way(1), { within_km: 75 });
    expect(DOCUMENT).to.include(`it is ${events.count} events and ${ratioInWords}`);
  });

  it('has the answers on the modelled events', async () => {
    const modelled = { events: 'attacks_modelled' };
    const left = await along(way(1), modelled);
    expect(left.events.count).to.equal(0);
    const [said = 'nothing'] = /\d+ records are left out: [^.]*\./.exec(left.text) ?? [];
    expect(DOCUMENT).to.include(said);
    const { events, study_area: compared } = await along(way(1), { ...modelled, include_imprecise: true });
    expect(DOCUMENT).to.include(`they are counted: ${events.count} events`);
    expect(DOCUMENT).to.include(`${decimals(compared.rate_ratio)} times as frequent as elsewhere`);
    expect(DOCUMENT).to.include(`(${decimals(compared.rate_ratio_lower)} to ${decimals(compared.rate_ratio_upper)})`);
    const drawn = await along({ places: ['Gao', 'Ménaka'] }, { ...modelled, include_imprecise: true });
    expect(DOCUMENT).to.include(`${drawn.ratioInWords}, on ${Math.round(drawn.length_km)} km`);
  });

  it('has what trace says', async () => {
    const { result } = await ask(database, trace, { lots: ['youwarou-2016'] });
    const [, said = 'nothing'] = /(Lot youwarou-2016: .*?) Shapes are approximate/.exec(result.text.en) ?? [];
    expect(DOCUMENT).to.include(said);
  });
});

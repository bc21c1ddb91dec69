import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PROCESSES } from '../../../server/analysis/registry.ts';
import { ask } from '../../support/analysis.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../../support/database.ts';

const FOLDER = path.resolve(GEODATA, '../docs');
const PAGE = readFileSync(path.join(FOLDER, 'statistics.md'), 'utf8');

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The sections that ask a process: its id, the inputs of its call, and what is quoted of the answer, in order. */
const SECTIONS = PAGE.split(/^## /m).flatMap((section) => {
  const id = section.slice(0, section.indexOf('\n'));
  const [, called, inputs] =
    /curl -s localhost:8080\/processes\/([a-z-]+)\/execution .*? -d '(.*?)'\n```/s.exec(section) ?? [];
  if (called === undefined || inputs === undefined) return [];
  const quoted = section.match(/^> .*$/gm) ?? [];
  const pieces = inOneLine(quoted.map((line) => line.slice(2)).join(' ')).split(/ ?\[\.\.\.\] ?/);
  // As a shell reads a quotation mark between such marks.
  const body = JSON.parse(inputs.replaceAll("'\\''", "'")) as { inputs: Record<string, unknown> };
  return [{ id, called, inputs: body.inputs, pieces, section: inOneLine(section) }];
});

/** The processes that the page is about, in the order of the list. */
const STATISTICS = PROCESSES.slice(PROCESSES.findIndex(({ id }) => id === 'hotspots'));

describe('docs/statistics.md', () => {
  let database: TestDatabase;
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  const answerOf = async (id: string, inputs: Record<string, unknown>) => {
    const process = STATISTICS.find((each) => each.id === id);
    if (!process) throw new Error(`There is no ${id}.`);
    const { result } = await ask(database, process, inputs);
    return inOneLine(result.text.en);
  };
  const sectionOf = (id: string) => SECTIONS.find((each) => each.id === id)?.section ?? '';

  it('has a section with a call of its own for each, in the order of the list', () => {
    expect(SECTIONS.map(({ id }) => id)).to.deep.equal(STATISTICS.map(({ id }) => id));
    for (const { id, called, pieces } of SECTIONS) {
      expect(called).to.equal(id);
      expect(pieces.join('').length, id).to.be.greaterThan(200);
      expect(PAGE, id).to.include(`](#${id})`);
    }
  });

  it('has a picture for each', () => {
    for (const { id, section } of SECTIONS) {
      expect(section).to.include(`](images/${id}.png)`);
      expect(existsSync(path.join(FOLDER, `images/${id}.png`)), id).to.equal(true);
    }
  });

  for (const { id, inputs, pieces } of SECTIONS) {
    it(`quotes what ${id} answers`, async () => {
      let rest = await answerOf(id, inputs);
      for (const piece of pieces) {
        expect(rest.includes(piece), `“${piece}” is to be in “${rest}”`).to.equal(true);
        rest = rest.slice(rest.indexOf(piece) + piece.length);
      }
    });
  }

  it('has what else is said of the modelled attacks', async () => {
    const events = 'attacks_modelled';
    const hot = await answerOf('hotspots', { events, datetime: '2022-01-01/2023-12-31' });
    const [, counted, all] = /: (\d+ events) in (\d+) hexagons/.exec(hot) ?? [];
    const [, found] = /tests (\d+) are hot/.exec(hot) ?? [];
    expect(sectionOf('hotspots')).to.include(`${counted}, ${found} hot hexagons of ${all}.`);
    const units = { collection: 'regions', filter: "pcode LIKE 'ML%'" };
    const periods = { earlier: '2014-01-01/2017-12-31', later: '2018-01-01/2021-12-31' };
    const changed = await answerOf('change', { events, units, ...periods });
    expect(changed).to.include('Of 9 units: 6 risen,').and.to.include('Mopti (106 → 473,');
    expect(sectionOf('change')).to.include('six of nine regions have risen, Mopti from 106 to 473');
    const held = { layers: 'control_areas', by: 'actor', step: 'year', datetime: '2012-01-01/2022-12-31' };
    const rises = await answerOf('trend', held);
    expect(rises).to.include('3 up (JNIM, CMA and ISGS), 1 down (State)').and.include('36 records in force');
    expect(sectionOf('trend')).to.include('JNIM, CMA and ISGS hold more and more, the State less');
    expect(await answerOf('near-repeat', { events, imprecise: 'include' })).to.include('In none of the 16 bands');
    expect(await answerOf('near-repeat', {})).to.include('Nothing can be said');
    const radii = { eps_km: 50, eps_days: 14, min_points: 8 };
    expect(await answerOf('clusters', { events, ...radii })).to.include('2 clusters hold 16 of 2,327 events');
    expect(sectionOf('clusters')).to.include('16 are in 2 clusters');
    expect(await answerOf('clusters', { eps_km: 50, eps_days: 60, min_points: 3 })).to.include('None of 23 events');
  });

  it('has what coverage says by year', async () => {
    const asked = SECTIONS.find(({ id }) => id === 'coverage');
    expect(await answerOf('coverage', { ...asked?.inputs, step: 'year' })).to.include('in 10 of 11 years');
    expect(asked?.section).to.include(
      'by year the documented attacks lack one year of eleven, by month 111 months of 132',
    );
  });
});

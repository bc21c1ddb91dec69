import { expect } from 'chai';
import { describe, it } from 'mocha';
import { isNarrowed, notCalm, silentSteps } from '../../../server/analysis/reporting.ts';
import type { Selected } from '../../../server/analysis/select.ts';

const sentence = (...given: Parameters<typeof notCalm>) => notCalm(...given)[0]?.text;

describe('what is said where nothing is reported', () => {
  it('says in how many places nothing was, and that this is not calm', () => {
    expect(sentence([{ of: 'hexagon', all: 5_100, silent: 3_950 }])).to.deep.equal({
      en: 'No report is not calm: in 3,950 of 5,100 hexagons nothing was reported in the window, which may mean calm, or that nobody reported.',
      fr: 'L’absence de signalement n’est pas le calme : dans 3\u202f950 hexagones sur 5\u202f100, rien n’a été signalé sur la fenêtre, soit que le calme y ait régné, soit que personne n’ait rien signalé.',
    });
  });

  it('says it of places and of steps together, and of what the question asks for only', () => {
    const both = sentence(
      [
        { of: 'unit', all: 9, silent: 1 },
        { of: 'month', all: 108, silent: 12 },
      ],
      true,
    );
    expect(both?.en).to.include('in 1 of 9 units and in 12 of 108 months nothing that the question asks for was');
    expect(both?.fr).to.include('dans 1 unité sur 9 et dans 12 mois sur 108, rien de ce qui est demandé n’a été');
  });

  it('says nothing where something was reported everywhere, and nothing of the kind that is complete', () => {
    expect(notCalm([])).to.deep.equal([]);
    expect(notCalm([{ of: 'bin', all: 4, silent: 0 }])).to.deep.equal([]);
    const one = sentence([
      { of: 'hexagon', all: 4, silent: 0 },
      { of: 'year', all: 1, silent: 1 },
    ]);
    expect(one?.en).to.include('calm: in 1 of 1 year nothing').and.not.include('hexagon');
  });

  it('counts the steps without a report', () => {
    const steps = [2020, 2021, 2022].map((year) => ({ from: `${year}-01-01`, to: `${year + 1}-01-01`, isWhole: true }));
    expect(silentSteps('year', steps, Float64Array.of(0, 3))).to.deep.equal({ of: 'year', all: 3, silent: 2 });
  });

  it('says of steps as far as dates are known, where some are not', () => {
    const steps = [2020, 2021].map((year) => ({ from: `${year}-01-01`, to: `${year + 1}-01-01`, isWhole: true }));
    const silence = silentSteps('year', steps, Float64Array.of(0, 3), 4);
    const told = sentence([{ of: 'hexagon', all: 9, silent: 4 }, silence]);
    expect(told?.en).to.include(
      'in 4 of 9 hexagons and in 1 of 2 years (as far as dates are known to the year) nothing',
    );
    expect(told?.fr).to.include('sur 2 (pour autant que les dates soient connues à l’année près), rien n’a été');
  });

  it('knows a question that leaves records out by what they are', () => {
    const of = (filter: object) => isNarrowed([{ filter } as Selected]);
    expect([of({}), of({ datetime: { from: null, to: null } })]).to.deep.equal([false, false]);
    expect([of({ expression: {} }), of({ maxPrecisionM: 5_000 })]).to.deep.equal([true, true]);
  });
});

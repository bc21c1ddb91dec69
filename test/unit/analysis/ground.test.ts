import { expect } from 'chai';
import { describe, it } from 'mocha';
import { groundOf } from '../../../server/analysis/ground.ts';

const claim = (actor: string | null, control: string | null) => ({ actor, control });

describe('what records of control say of a piece of ground', () => {
  for (const [says, claims, state, actors] of [
    ['nobody', [], 'not recorded', []],
    ['one holds it', [claim('A', 'holds')], 'held', ['A']],
    ['one is there, and it is not said how', [claim('A', null)], 'held', ['A']],
    ['one has influence', [claim('A', 'influence')], 'influence', ['A']],
    ['one holds what lies in its own influence', [claim('A', 'influence'), claim('A', 'holds')], 'held', ['A']],
    ['two hold it', [claim('B', 'holds'), claim('A', 'holds')], 'overlap', ['A', 'B']],
    ['one holds it, another has influence', [claim('B', 'influence'), claim('A', 'holds')], 'overlap', ['A', 'B']],
    ['it is contested', [claim('A', 'contested')], 'contested', ['A']],
    [
      'one holds what a record calls contested',
      [claim('B', 'holds'), claim('A', 'contested')],
      'contested',
      ['A', 'B'],
    ],
    ['somebody', [claim(null, 'holds')], 'held', ['not named']],
  ] as const) {
    it(`${says}: ${state}`, () => expect(groundOf(claims)).to.deep.equal({ state, actors }));
  }
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { otherProcessors } from '../../../server/db/yield-processor.ts';

const status = (list: string) =>
  `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed_list:\t0-1\n`;

describe('The processors that are left to others', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['0-1', '1'],
    ['0-3', '1,2,3'],
    ['2,5', '5'],
    ['1,4-6,9', '4,5,6,9'],
    ['0', undefined],
    ['7-7', undefined],
  ];
  for (const [list, others] of cases)
    it(`are all but the first: ${list}`, () => expect(otherProcessors(status(list))).to.equal(others));

  it('are none where the system does not say', () => expect(otherProcessors('Name:\tnode\n')).to.equal(undefined));
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { parseSortby } from '../../../server/core/sort.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const read = (text: string) =>
  parseSortby(text, EVENTS_LAYER).map(({ field, descending }) => [field.name, descending ? 'falls' : 'rises']);

describe('parseSortby', () => {
  it('reads names with their directions; "+" comes as a space', () => {
    expect(read('kind')).to.deep.equal([['kind', 'rises']]);
    expect(read('-killed, kind,+recorded_at')).to.deep.equal([
      ['killed', 'falls'],
      ['kind', 'rises'],
      ['recorded_at', 'rises'],
    ]);
  });

  for (const [text, says] of [
    ['', /"" is not a field/],
    ['nothing', /"nothing" is not a field.*Sort by kind, killed/],
    ['--kind', /is not a field/],
    ['kind;DROP', /is not a field/],
    ['tags', /"tags" is a list/],
    ['kind,-kind', /names "kind" twice/],
    [
      ['kind', 'killed', 'record_id', 'valid_from', 'valid_to', 'confidence', 'source', 'note', 'locator'].join(),
      /at most 8/,
    ],
  ] as const) {
    it(`refuses ${text}`, () => expect(() => read(text)).to.throw(InvalidParameter, says));
  }
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseJsonFilter } from '../../../../server/core/cql2/parse-json.ts';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { MAX_LENGTH } from '../../../../server/core/cql2/tokens.ts';
import { anyPredicate } from './arbitrary.ts';

describe('a CQL2 tree', () => {
  it('is read back as it was from its text, from its JSON, and from either by way of the other', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyPredicate, (predicate) => {
        const [text, json] = [printText(predicate), JSON.stringify(predicate)];
        fc.pre(text.length <= MAX_LENGTH && json.length <= MAX_LENGTH);
        const [fromText, fromJson] = [parseFilter(text).predicate, parseJsonFilter(json).predicate];
        expect(fromText, text).to.deep.equal(predicate);
        expect(fromJson, json).to.deep.equal(predicate);
        expect(printText(fromJson)).to.equal(text);
        expect(JSON.stringify(fromText)).to.equal(json);
        for (const [, op] of json.matchAll(/"op":"([^"]+)"/g)) seen.add(op as string);
      }),
      { numRuns: 3000 },
    );
    expect(seen.size, 'every operator occurred').to.equal(50);
  });
});

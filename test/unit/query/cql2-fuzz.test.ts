import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseJsonFilter } from '../../../server/core/cql2/parse-json.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { InvalidFilter } from '../../../server/core/errors.ts';
import { cql2ToSql } from '../../../server/query/cql2.ts';
import { toQuery } from '../../../server/query/sql.ts';
import { attempt, MARKER } from '../../support/cql2-attempts.ts';
import { expectOnlyPieces } from '../../support/cql2-pieces.ts';
import { LAYER } from '../core/cql2/layer.ts';

const STRINGS = 100_000;

describe('the way of a filter from a request to SQL', () => {
  it(`makes only known SQL, or InvalidFilter, of ${STRINGS} strings`, function () {
    this.timeout(400_000);
    const ends = { refused: 0, accepted: 0, marked: 0 };
    fc.assert(
      fc.property(attempt, ({ lang, filter }) => {
        try {
          const parsed = lang === 'cql2-json' ? parseJsonFilter(filter) : parseFilter(filter);
          const { text, values } = toQuery(cql2ToSql(checkFilter(parsed, LAYER), LAYER));
          expectOnlyPieces(text);
          expect(text).not.to.include(MARKER);
          ends.accepted += 1;
          if (JSON.stringify(values).includes(MARKER)) ends.marked += 1;
        } catch (error) {
          if (!(error instanceof InvalidFilter)) throw error;
          const { position, pointer } = error;
          if (pointer === undefined) expect(position).to.be.within(0, filter.length);
          ends.refused += 1;
        }
      }),
      { numRuns: STRINGS },
    );
    expect(ends.refused).to.be.greaterThan(STRINGS / 4);
    expect(ends.accepted).to.be.greaterThan(STRINGS / 4);
    expect(ends.marked, 'strings of ours became parameters').to.be.greaterThan(500);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { all, EMPTY, ident, join, sql, toQuery } from '../../../server/query/sql.ts';

describe('sql', () => {
  it('turns values into parameters and splices fragments in order', () => {
    const inner = sql`b = ${2} OR c = ${'x'}`;
    expect(toQuery(sql`SELECT a WHERE a = ${1} AND (${inner}) LIMIT ${3}`)).to.deep.equal({
      text: 'SELECT a WHERE a = $1 AND (b = $2 OR c = $3) LIMIT $4',
      values: [1, 2, 'x', 3],
    });
  });

  it('joins any number of fragments', () => {
    expect(toQuery(join([], sql`, `))).to.deep.equal({ text: '', values: [] });
    expect(toQuery(join([sql`a`, sql`${1}`, EMPTY], sql`, `))).to.deep.equal({ text: 'a, $1, ', values: [1] });
    expect(toQuery(all([])).text).to.equal('TRUE');
    expect(toQuery(all([sql`a`, sql`b`])).text).to.equal('a AND b');
  });

  it('joins a hundred thousand fragments, which takes minutes when what is joined is copied for each', () => {
    const members = Array.from({ length: 100_000 }, (_, n) => sql`${n}`);
    const { strings, values } = join(members, sql`, `);
    expect(values).to.have.lengthOf(100_000);
    expect(strings).to.have.lengthOf(100_001);
    expect(strings.slice(0, 3)).to.deep.equal(['', ', ', ', ']);
    expect(strings.at(-1)).to.equal('');
  });

  it('quotes identifiers so that nothing ends the quotation', () => {
    expect(ident('layer', 'a"; DROP TABLE x; --').strings).to.deep.equal(['"layer"."a""; DROP TABLE x; --"']);
  });

  for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    it(`refuses ${number}`, () => expect(() => sql`ST_Buffer(geom, ${number})`).to.throw(RangeError, 'finite'));
  }

  it('never lets a value into the text (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 8 })), (values) => {
        const { text } = toQuery(
          join(
            values.map((value) => sql`x = ${value}`),
            sql` AND `,
          ),
        );
        expect(text).to.match(/^(x = \$\d+( AND x = \$\d+)*)?$/);
      }),
    );
  });
});

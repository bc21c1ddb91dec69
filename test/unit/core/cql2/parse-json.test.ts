import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { MAX_DEPTH } from '../../../../server/core/cql2/build.ts';
import { checkFilter } from '../../../../server/core/cql2/check.ts';
import { parseJsonFilter } from '../../../../server/core/cql2/parse-json.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';
import { LAYER } from './layer.ts';

const text = (filter: unknown) => printText(parseJsonFilter(JSON.stringify(filter)).predicate);
const killed = { property: 'killed' };

describe('parseJsonFilter', () => {
  it('reads what JSON writes otherwise than a tree holds it', () => {
    expect(text({ args: [killed, -0], op: '=' })).to.equal('killed = 0');
    const heights = { type: 'Point', coordinates: [1, 2, 3], bbox: [1, 2, 1, 2] };
    expect(text({ op: 's_equals', args: [{ property: 'geometry' }, heights] })).to.equal(
      'S_EQUALS(geometry, POINT(1 2))',
    );
    const box = { bbox: [1, 2, -9, 3, 4, 9] };
    expect(text({ op: 's_equals', args: [box, box] })).to.equal('S_EQUALS(BBOX(1, 2, 3, 4), BBOX(1, 2, 3, 4))');
  });

  const refused: [filter: string, place: number | string, message: string][] = [
    ['', 0, 'The filter is no JSON: something else is due at character 0, where the filter ends.'],
    ['{"op": "=", }', 12, 'no JSON: something else is due at character 12, not "}".'],
    ['killed > 5', 0, 'no JSON'],
    ['"killed"', '', 'Expected a condition such as'],
    ['null', '', 'Expected a field, a value or an operator at the beginning, not null.'],
    ['{}', '', 'Expected one of op, property, date'],
    ['{"op":"=","args":[{"property":"killed"}]}', '', '= takes 2, not 1 (at the beginning).'],
    ['{"op":"equals","args":[]}', '/op', 'Expected an operator of CQL2 at /op, not "equals".'],
    ['{"op":"S_INTERSECTS","args":[]}', '/op', 'Expected an operator such as "s_intersects" at /op'],
    ['{"op":"=","args":{}}', '/args', 'Expected a list of arguments at /args, not {}.'],
    ['{"op":"not","args":[5]}', '/args/0', 'Expected a condition at /args/0, not a number.'],
    ['{"op":"and","args":[true]}', '', 'and takes 2 conditions or more, not 1'],
    ['{"op":"=","args":[{"property":""},5]}', '/args/0/property', 'Expected the name of a field'],
    ['{"op":"=","args":[{"property":"a","x":1},5]}', '/args/0', 'Expected only property at /args/0, not {"x":1}.'],
    ['{"op":"=","args":[{"property":"a"},1e999]}', '/args/1', 'Expected a finite number at /args/1, not null.'],
    ['{"op":"=","args":[{"property":"a"},"\\u0000"]}', '/args/1', 'The character U+0000 cannot be part of a filter'],
    ['{"op":"=","args":[{"property":"a"},"\\ud800"]}', '/args/1', 'U+D800'],
    [
      '{"op":"=","args":[{"property":"a"},{"date":"2022-02-30"}]}',
      '/args/1/date',
      'Expected a date such as "2022-03-27"',
    ],
    ['{"op":"in","args":[{"property":"a"},[]]}', '/args/1', 'Expected a list of values at /args/1, not an empty list.'],
    ['{"op":"in","args":[{"property":"a"},[[1]]]}', '/args/1/0', 'Expected a field or a value at /args/1/0'],
    [
      '{"op":"t_after","args":[{"property":"a"},{"interval":["2022-01-01"]}]}',
      '/args/1/interval',
      'takes 2 ends, not 1',
    ],
    [
      '{"op":"t_after","args":[{"property":"a"},{"interval":["..","now"]}]}',
      '/args/1/interval/1',
      'Expected a day or time',
    ],
    ['{"op":"s_within","args":[{"property":"a"},{"type":"Dot"}]}', '/args/1/type', 'Expected one of Point, LineString'],
    [
      '{"op":"s_within","args":[{"property":"a"},{"type":"Point","coordinates":[]}]}',
      '/args/1/coordinates',
      'a position',
    ],
    [
      '{"op":"s_within","args":[{"property":"a"},{"type":"Polygon","coordinates":[[]]}]}',
      '/args/1/coordinates/0',
      'empty',
    ],
    ['{"op":"s_within","args":[{"property":"a"},{"bbox":[1,2,3]}]}', '/args/1/bbox', 'Expected 4 numbers'],
  ];
  for (const [filter, place, message] of refused) {
    it(`refuses ${filter} at ${place}`, () => {
      const name = typeof place === 'number' ? 'position' : 'pointer';
      expect(() => parseJsonFilter(filter))
        .to.throw(InvalidFilter, message)
        .with.property(name, place);
    });
  }

  it('gives the check the pointer of every argument', () => {
    const check = (filter: unknown) => () => checkFilter(parseJsonFilter(JSON.stringify(filter)), LAYER);
    const within = { op: 'in', args: [killed, [1, 'many']] };
    expect(check({ op: 'not', args: [within] }))
      .to.throw(InvalidFilter, "not with 'many'")
      .with.property('pointer', '/args/0/args/1/1');
    const interval = { interval: [{ property: 'kind' }, '..'] };
    expect(check({ op: 't_after', args: [{ property: 'seen' }, interval] }))
      .to.throw(InvalidFilter, '"kind" is a text')
      .with.property('pointer', '/args/1/interval/0');
  });

  it(`takes ${MAX_DEPTH} levels of operators, and no more`, () => {
    const nested = (levels: number) => `${'{"op":"not","args":['.repeat(levels)}true${']}'.repeat(levels)}`;
    expect(parseJsonFilter(nested(MAX_DEPTH)).predicate).to.be.an('object');
    expect(() => parseJsonFilter(nested(MAX_DEPTH + 1))).to.throw(InvalidFilter, `at most ${MAX_DEPTH} levels deep`);
    expect(() => parseJsonFilter('['.repeat(8_000))).to.throw(InvalidFilter, `at most ${MAX_DEPTH} levels deep`);
    expect(() => parseJsonFilter('['.repeat(8_001))).to.throw(InvalidFilter, 'at most 8000 characters');
  });

  it('takes a text that a line feed cuts off for ended, as the search for the fault does', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      expect(() => parseJsonFilter(`["${end}${'['.repeat(7_900)}"]`)).to.throw(InvalidFilter, 'levels deep');
    }
    // Elsewhere brackets within a text are text.
    expect(() => parseJsonFilter(`["\t${'['.repeat(7_900)}"]`)).to.throw(InvalidFilter, 'no JSON');
    const text = JSON.stringify({ op: '=', args: [{ property: 'kind' }, `\\"\n${'[{'.repeat(3_900)}`] });
    expect(parseJsonFilter(text).predicate).to.be.an('object');
  });

  it('takes a bracket that does not fit for no end of another', () => {
    for (const level of ['[},', '{"a":[},', '[}"]",', '{]"a":']) {
      expect(() => parseJsonFilter(level.repeat(8_000 / level.length))).to.throw(InvalidFilter);
    }
  });

  it('throws nothing but InvalidFilter for brackets, quotes and ends of lines in any order', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('[', '[', '[', '{', '{"a":', '"', '\n', '\\', '\r') },
      fc.constantFrom(']', '}', ',', ':', '\\"', '\t', '\u2028', '//', '/*', '*/', '1', '"a"', '[},', ' '),
    );
    const filter = fc
      .tuple(fc.array(piece, { maxLength: 12 }), fc.array(piece, { minLength: 1, maxLength: 4 }), fc.string())
      .map(([first, again, last]) => `${first.join('')}${again.join('').repeat(8_000)}${last}`.slice(0, 8_000));
    const short = fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join(''));
    const holds = (text: string) => {
      try {
        parseJsonFilter(text);
      } catch (error) {
        if (!(error instanceof InvalidFilter)) throw error;
      }
    };
    fc.assert(fc.property(short, holds), { numRuns: 20_000 });
    fc.assert(fc.property(filter, holds), { numRuns: 500 });
  });

  it('throws nothing but InvalidFilter for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (filter) => {
        try {
          parseJsonFilter(filter);
        } catch (error) {
          if (!(error instanceof InvalidFilter)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

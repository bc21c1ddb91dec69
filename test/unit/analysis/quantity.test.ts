import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { count, quantity, toQuantity, unitsOf } from '../../../server/analysis/quantity.ts';

describe('the numbers of a result', () => {
  it('are rounded as they say, and there is no zero below zero', () => {
    expect(quantity('km', 'far', 1).parse(12.34567)).to.equal(12.3);
    expect(quantity('km', 'far').parse(12.3456)).to.equal(12.346);
    expect(Object.is(quantity('km', 'far', 1).parse(-0.01), 0)).to.equal(true);
    expect(Object.is(toQuantity(-0.01, 1), 0)).to.equal(true);
  });

  it('are within half a step of what was found, however large', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 9 }),
        (value, decimals) => {
          const rounded = toQuantity(value, decimals);
          expect(Number.isFinite(rounded)).to.equal(true);
          expect(Math.abs(rounded - value)).to.be.at.most(0.5 * 10 ** -decimals + Math.abs(value) * 1e-15);
          expect(toQuantity(rounded, decimals)).to.equal(rounded);
          expect(quantity('1', 'a', decimals).parse(value)).to.equal(rounded);
        },
      ),
    );
  });

  it('are numbers: NaN, infinity, null and text are refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, undefined, '1']) {
      expect(quantity('km', 'far').safeParse(value).success, String(value)).to.equal(false);
      expect(count('many').safeParse(value).success, String(value)).to.equal(false);
      expect(() => toQuantity(value as number), String(value)).to.throw(RangeError);
    }
    for (const value of [-1, 1.5]) expect(count('many').safeParse(value).success, String(value)).to.equal(false);
  });

  it('have their units by their place, in lists, maps, choices and what may be absent', () => {
    const schema = z.strictObject({
      length: quantity('km', 'length'),
      bins: z.array(z.strictObject({ rate: quantity('1/100 km/month', 'rate'), events: count('events') })),
      by_kind: z.record(z.string(), count('of a kind')),
      areas: z.record(z.string(), z.array(quantity('km2', 'area'))),
      interval: z.strictObject({ low: quantity('d', 'low'), high: quantity('d', 'high').optional() }).optional(),
      nearest: z.strictObject({ away: quantity('m', 'away') }).nullable(),
      pair: z.tuple([quantity('h', 'from'), quantity('h', 'to')]),
      way: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('road'), drive: quantity('h', 'drive') }),
        z.strictObject({ kind: z.literal('river'), float: quantity('d', 'float') }),
      ]),
      name: z.string(),
    });
    expect(unitsOf(schema)).to.deep.equal({
      length: 'km',
      'bins[].rate': '1/100 km/month',
      'bins[].events': '1',
      'by_kind.*': '1',
      'areas.*[]': 'km2',
      'interval.low': 'd',
      'interval.high': 'd',
      'nearest.away': 'm',
      'pair[]': 'h',
      'way.drive': 'h',
      'way.float': 'd',
    });
  });
});

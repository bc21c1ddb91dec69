import fc from 'fast-check';
import { printText } from '../../server/core/cql2/print-text.ts';
import { anyPredicate, fittingPredicate, nearlyFilter } from '../unit/core/cql2/arbitrary.ts';

/** Texts that a caller might send as a filter, in either language, from good to hopeless. */

/** In every text and name that is put in: it must never come out in SQL. */
export const MARKER = 'zqxj';

const SHARP = [`'`, `"`, `\\`, `';--`, `$1`, `\\'`, `''`, `/*`, `)`, `"")`, '\0', '\u2028', 'é', '𞤀'];
const marked = fc.constantFrom(...SHARP).map((sharp) => `${sharp}${MARKER}${sharp}`);

const damage = (source: fc.Arbitrary<string>) =>
  fc
    .tuple(
      source,
      fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.oneof(marked, fc.string({ maxLength: 4 }))), { maxLength: 3 }),
    )
    .map(([text, cuts]) =>
      cuts.reduce((now, [at, cut, put]) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put + now.slice(from + cut);
      }, text),
    );

/** A literal text in a good filter becomes one of ours. */
const poisoned = (source: fc.Arbitrary<string>, quote: (text: string) => string) =>
  fc.tuple(source, marked).map(([text, put]) => text.replaceAll(/(['"])[ab]\1/g, () => quote(put)));

const quoteText = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '')}'`;
const quoteJson = (text: string) => JSON.stringify(text.replaceAll('\0', ''));

const texts = fittingPredicate.map(printText);
const jsons = fittingPredicate.map((tree) => JSON.stringify(tree));
const token = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"op"',
    '"args"',
    '"and"',
    '"="',
    '"property"',
    '"killed"',
    '5',
    'null',
    'true',
    '"in"',
  ],
  ...['"interval"', '".."', '"type"', '"Point"', '"coordinates"', '"bbox"', '1e999', '-0', '"\\u0000"', '"__proto__"'],
);
const soup = fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(''));

export interface Attempt {
  readonly lang: 'cql2-text' | 'cql2-json';
  readonly filter: string;
}

const asText = (filter: fc.Arbitrary<string>) => filter.map((one): Attempt => ({ lang: 'cql2-text', filter: one }));
const asJson = (filter: fc.Arbitrary<string>) => filter.map((one): Attempt => ({ lang: 'cql2-json', filter: one }));

export const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  asText(texts),
  asText(damage(texts)),
  asText(poisoned(texts, quoteText)),
  asText(nearlyFilter(printText)),
  asText(anyPredicate.map(printText)),
  asText(fc.string({ unit: 'binary', maxLength: 40 })),
  asJson(jsons),
  asJson(damage(jsons)),
  asJson(poisoned(jsons, quoteJson)),
  asJson(soup),
  asJson(anyPredicate.map((tree) => JSON.stringify(tree))),
  asJson(fc.json({ maxDepth: 4 })),
);

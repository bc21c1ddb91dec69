import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';

/** Compares with `test/golden/<name>`, a text that a person can review; `npm run bless` writes it anew. */
export function expectGolden(name: string, actual: string): void {
  const file = path.resolve(import.meta.dirname, '../golden', name);
  if (process.env.BLESS === '1') writeFileSync(file, actual);
  if (!existsSync(file)) throw new Error(`There is no golden file ${name}: look at what is made, then npm run bless.`);
  expect(actual).to.equal(readFileSync(file, 'utf8'));
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { FeatureCollection } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { Answer } from '../../../server/analysis/execute.ts';
import type { Process } from '../../../server/analysis/process.ts';
import { PROCESSES } from '../../../server/analysis/registry.ts';
import { type Layer, LayerSchema, RECORD_FIELDS, RESERVED_NAMES } from '../../../server/core/layer.ts';
import { parseRecords } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { ask, publishRecords, testLayer } from '../../support/analysis.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../../support/database.ts';
import { QUESTIONS } from '../../support/questions.ts';

/** Every number of a result, by its place as `units` writes it; and where there is null. */
function leaves(value: unknown, place: string, numbers: Set<string>, nulls: string[]): void {
  if (value === null) nulls.push(place);
  else if (typeof value === 'number') numbers.add(place);
  else if (Array.isArray(value)) for (const each of value) leaves(each, `${place}[]`, numbers, nulls);
  else if (typeof value === 'object') {
    for (const [name, each] of Object.entries(value))
      leaves(each, place === '' ? name : `${place}.${name}`, numbers, nulls);
  }
}

/** Every text in French, whatever it is of. */
function frenchOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'fr' && typeof inner === 'string' ? [inner] : frenchOf(inner),
  );
}

/** Of maps the units have `*` for any name. */
const hasUnit = (units: Readonly<Record<string, string>>, place: string) =>
  Object.keys(units).some((known) => {
    const [wanted, given] = [known.split('.'), place.split('.')];
    if (wanted.length !== given.length) return false;
    return wanted.every(
      (part, index) => part === given[index] || (part.startsWith('*') && given[index]?.endsWith(part.slice(1))),
    );
  });

describe('every process', () => {
  let database: TestDatabase;
  const first = new Map<Process, Answer>();
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  for (const process of PROCESSES) {
    describe(process.id, () => {
      it('answers in numbers with units, features whose properties are described, and whole sentences', async () => {
        const example = QUESTIONS[process.id];
        if (!example) throw new Error(`give an example of ${process.id}`);
        const answer = await ask(database, process, example, { isAsynchronous: true });
        first.set(process, answer);
        const { result, parts } = answer;
        // The number of a record is a name, and has no unit.
        const [numbers, nulls] = [new Set<string>(), [] as string[]];
        leaves(result.numbers, '', numbers, nulls);
        expect(nulls).to.deep.equal([]);
        expect(
          [...numbers].filter((place) => !/\.(item|items\[\])$/.test(place) && !hasUnit(result.units, place)),
        ).to.deep.equal([]);
        for (const text of [result.text, ...result.caveats.map((caveat) => caveat.text)]) {
          for (const words of [text.en, text.fr])
            expect(words)
              .to.match(/^\S.*[.…]$/s)
              .and.not.match(/undefined|NaN|null|Infinity|∞/);
        }
        // French as it is printed: an ordinary space there could end a line.
        expect(frenchOf(result).filter((words) => /« | [:;!?»]/.test(words))).to.deep.equal([]);
        const reserved = new Set([...RESERVED_NAMES, ...RECORD_FIELDS.map(({ name }) => name)]);
        for (const { id, fields, features, geometry } of parts) {
          expect(id).to.match(/^[a-z][a-z0-9_]*$/);
          const known = new Set(fields.map(({ name }) => name));
          expect(
            [...known].filter((name) => reserved.has(name)),
            id,
          ).to.deep.equal([]);
          const named = features.flatMap(({ properties }) => Object.keys(properties ?? {}));
          expect(
            [...new Set(named)].filter((name) => !known.has(name)),
            id,
          ).to.deep.equal([]);
          const kept = LayerSchema.safeParse({ ...testLayer(`kept_${id}`, geometry, []), fields });
          expect(kept.error?.message, id).to.equal(undefined);
        }
      });

      it('gives the same bytes twice', async () => {
        const again = await ask(database, process, QUESTIONS[process.id] ?? {}, { isAsynchronous: true });
        expect(JSON.stringify(again.result)).to.equal(JSON.stringify(first.get(process)?.result));
      });
    });
  }

  describe('after every collection was published anew, and others came into service', () => {
    before(async () => {
      const { layers } = await readCatalogue(database.run);
      for (const served of layers.filter(({ nature }) => nature !== 'modelled')) {
        const file = JSON.parse(readFileSync(path.join(GEODATA, served.data ?? ''), 'utf8')) as FeatureCollection;
        const layer = LayerSchema.parse(definition(served));
        const [record] = parseRecords(layer, file);
        if (!record) throw new Error(`${served.id} is empty`);
        await publishRecords(database, layer, [record]);
        await publishRecords(database, { ...layer, id: `newer_${served.id}`, order: 0 }, [record]);
      }
    });

    for (const process of PROCESSES) {
      it(`gives the same bytes to a receipt of ${process.id}`, async () => {
        const result = first.get(process)?.result;
        if (!result) throw new Error('it was not asked');
        const inputs = JSON.parse(JSON.stringify(result.receipt.inputs)) as Record<string, unknown>;
        const again = await ask(database, process, inputs, { isAsynchronous: true });
        expect(again.result.receipt).to.deep.equal({ ...result.receipt, hash: again.result.receipt.hash });
        expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
      });
    }
  });
});

/** A layer as its file has it, without what a version adds. */
function definition(served: Layer): object {
  const members = Object.keys(LayerSchema.shape);
  return Object.fromEntries(Object.entries(served).filter(([name]) => members.includes(name)));
}

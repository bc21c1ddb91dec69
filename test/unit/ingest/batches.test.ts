import { expect } from 'chai';
import fc from 'fast-check';
import { storableJson } from '../../../server/encode/copy-text.ts';
import type { BatchReader } from '../../../server/ingest/digest-batches.ts';
import { type BatchContext, type FileReport, type ReadRecord, reportOn } from '../../../server/ingest/report.ts';
import { LIMITS, type Limits } from '../../../server/ingest/source.ts';
import { BatchDigester } from '../../../server/jobs/import/batch-digester.ts';
import { digestToLines, type LinesDigest } from '../../../server/jobs/import/digest-to-lines.ts';
import { recordLine } from '../../../server/jobs/import/record-line.ts';
import { inMemory } from '../../support/readings.ts';

const CONTEXT = { today: '2026-11-21' };
/** Makes few records many bytes: a batch is of 256 KB. */
const FILLER = 'x'.repeat(4_000);

interface Heard {
  readonly report: FileReport | string;
  /** Lines of records and issues, in the order in which they were heard. */
  readonly lines: string;
  readonly issues: readonly unknown[];
}

type Batches = BatchReader<BatchContext, LinesDigest>;

async function hear(text: string, digest?: Batches['digest'], limits: Limits = LIMITS): Promise<Heard> {
  let lines = '';
  const issues: unknown[] = [];
  const onRecord = (record: ReadRecord) => {
    lines += recordLine(record, storableJson(record.feature.properties).json, null);
  };
  const batches: Batches | undefined = digest && {
    digest,
    onDigest: (digested) => {
      lines += Buffer.from(digested.lines).toString();
    },
  };
  const onIssue = (issue: unknown) => issues.push(issue);
  const hearers = { onRecord, onIssue, ...(batches ? { batches: batches as BatchReader<BatchContext> } : {}) };
  const report = await reportOn(inMemory(text, 'some.geojson'), limits, CONTEXT, hearers).catch(
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return typeof report === 'string' ? { report, lines: '', issues: [] } : { report, lines, issues };
}

/** In this thread, and counting how often there was nothing to say. */
function counting(limits: Limits = LIMITS) {
  const told = { sound: 0, odd: 0 };
  const digest: Batches['digest'] = async (batch, context) => {
    const found = digestToLines(batch, { ...context, limits, crs: null });
    told[found ? 'sound' : 'odd'] += 1;
    return found;
  };
  return { digest, told };
}

const sound = (n: number, properties: Record<string, unknown> = {}) =>
  JSON.stringify({
    type: 'Feature',
    ...(n % 3 === 0 ? { id: n } : {}),
    geometry: n % 7 === 0 ? null : { type: 'Point', coordinates: [n % 90, (n % 60) + 0.5] },
    properties: {
      n,
      kind: ['a', 'é\t\\', 'ß"'][n % 3],
      day: `2022-05-${10 + (n % 19)}`,
      ...properties,
      filler: FILLER,
    },
  });
const collection = (features: readonly string[], after = ']}') =>
  `{"type":"FeatureCollection","features":[\n${features.join(',\n')}${after}`;

/** Records of which there is something to say, or that end the reading, each in a way of its own. */
const ODD: readonly string[] = [
  '{"type":"Feature","geometry":{"type":"Point","coordinates":[1]},"properties":{}}',
  '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,95]},"properties":{"a":1}}',
  '{"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},"properties":{"a":1}}',
  '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]},"properties":null}',
  '{"type":"Feature","geometry":null,"properties":{"a":1,"a":2}}',
  '{"type":"Feature","geometry":null,"properties":{"a":"\\u0000"},"other":1}',
  '{"type":"Feature","geometry":null,"properties":{},"other":2,"more":3}',
  '{"type":"Feature","geometry":null,"properties":{},"crs":{"type":"name","properties":{"name":"EPSG:3857"}}}',
  '{"type":"Feature","geometry":null,"properties":{"n":"NA","kind":12}}',
  '{"type":"Feature","geometry":null,"properties":[1]}',
  '"nonsense"',
  'NaN',
  '{"type":"Feature","geometry":]',
];

describe('records read in batches', () => {
  it('come to the same as one by one, whatever is said of some of them', async () => {
    const places = fc.array(fc.record({ at: fc.nat(400), odd: fc.constantFrom(...ODD) }), { maxLength: 4 });
    const ends = fc.constantFrom(']}', '],"crs":1}', '', ']} more', '],"features":[]}');
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(places, ends, async (odd, end) => {
        const features = Array.from({ length: 400 }, (_, n) => sound(n));
        for (const { at, odd: text } of odd) features.splice(at, 0, text);
        const text = collection(features, end);
        const { digest, told } = counting();
        expect(await hear(text, digest)).to.deep.equal(await hear(text));
        taken += told.sound;
      }),
      { numRuns: 25 },
    );
    expect(taken).to.be.greaterThan(25);
  });

  it('are of the same columns, however many there are', async () => {
    const wide = (n: number) => Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`c${n * 20 + k}`, k]));
    const text = collection(Array.from({ length: 300 }, (_, n) => sound(n, n < 100 ? {} : wide(n))));
    const { digest, told } = counting();
    expect(await hear(text, digest)).to.deep.equal(await hear(text));
    expect(told.sound).to.be.greaterThan(0);
  });

  it('exceed the same limits', async () => {
    const text = collection(Array.from({ length: 300 }, (_, n) => sound(n)));
    for (const less of [{ features: 299 }, { features: 300 }, { recordBytes: 4_100 }, { depth: 3 }]) {
      const limits = { ...LIMITS, ...less };
      const { digest } = counting(limits);
      expect(await hear(text, digest, limits)).to.deep.equal(await hear(text, undefined, limits));
    }
  });

  it('come to the same from another thread, and when there is none to be had', async () => {
    const features = Array.from({ length: 1_500 }, (_, n) => sound(n));
    features.splice(900, 0, ODD[0] as string);
    const text = collection(features);
    const alone = await hear(text);
    const missing = new URL('file:///nowhere/thread.js');
    for (const digester of [new BatchDigester(LIMITS, () => null), new BatchDigester(LIMITS, () => null, missing)]) {
      try {
        expect(await hear(text, (batch, context) => digester.digest(batch, context))).to.deep.equal(alone);
      } finally {
        await digester.close();
      }
    }
  });

  it('are read alone where they are long', async () => {
    const long = sound(1, { long: 'x'.repeat(1_200_000) });
    const text = collection([...Array.from({ length: 300 }, (_, n) => sound(n)), long, sound(2), long, long, sound(3)]);
    const { digest, told } = counting();
    const lengths: number[] = [];
    const noted: Batches['digest'] = (batch, context) => {
      lengths.push(batch.bytes.length);
      return digest(batch, context);
    };
    expect(await hear(text, noted)).to.deep.equal(await hear(text));
    expect(told.sound).to.be.greaterThan(1);
    expect(Math.max(...lengths)).to.be.lessThan(1_000_000);
  });

  it('are no longer tried where there is something to say of most', async () => {
    const digester = new BatchDigester(LIMITS, () => null);
    const features = Array.from({ length: 2_000 }, (_, n) => (n % 20 === 0 ? (ODD[3] as string) : sound(n)));
    const text = collection(features);
    let sound0 = 0;
    const counted: Batches['digest'] = async (batch, context) => {
      const found = await digester.digest(batch, context);
      if (found) sound0 += 1;
      return found;
    };
    expect(await hear(text, counted)).to.deep.equal(await hear(text));
    expect(sound0).to.equal(0);
    await digester.close();
  });
});

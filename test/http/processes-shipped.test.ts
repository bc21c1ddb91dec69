import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { canonicalJson } from '../../server/core/canonical-json.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

/** A question for each process, of the layers that come with the server. A new process has one too. */
const QUESTIONS: Readonly<Record<string, object>> = {
  corridor: { line: { collection: 'corridors', item: 1 }, within_km: 25 },
  proximity: { from: 'mines', to: 'hubs', within_km: 100 },
  summary: { layers: 'attacks' },
  crossings: {},
  exposure: {},
  corroborate: {},
  route: {
    ways: [
      { collection: 'corridors', item: 1 },
      { collection: 'corridors', item: 4 },
    ],
  },
  trace: {},
  timeline: { place: { admin: 'Gao' } },
};

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };

interface Features {
  readonly features: readonly {
    readonly geometry: { readonly type: string };
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}
interface Answer {
  readonly features: Readonly<Record<string, Features>>;
  readonly receipt: { readonly inputs: object };
  readonly kept: readonly { readonly collection: string; readonly items: string }[];
}

/** Instants come back to the millisecond, in UTC. */
const plain = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value).toISOString() : (value ?? null);

describe('Processes over the layers that come with the server', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  async function ask(process: string, inputs: object): Promise<string> {
    const response = await fetch(`${server.url}/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...TOKEN },
      body: JSON.stringify({ inputs }),
    });
    const text = await response.text();
    expect(response.status, text.slice(0, 1000)).to.equal(200);
    return text;
  }

  for (const { id } of PROCESSES) {
    it(`${id} answers a receipt with the bytes that it came with, and its result is kept as it is`, async () => {
      const question = QUESTIONS[id];
      expect(question, `QUESTIONS has none for ${id}`).to.be.an('object');
      const text = await ask(id, question as object);
      const { receipt } = JSON.parse(text) as Answer;
      const { kept, ...result } = JSON.parse(await ask(id, { ...receipt.inputs, keep: true })) as Answer;
      expect(canonicalJson(result)).to.equal(text);
      const filled = Object.entries(result.features).filter(([, { features }]) => features.length > 0);
      expect(kept.map(({ collection }) => collection.replace(/^kept_[\da-f]{8}_/, ''))).to.have.members(
        filled.map(([part]) => part),
      );
      for (const [part, { features }] of filled) {
        const { items } = kept.find(({ collection }) => collection.endsWith(`_${part}`)) as Answer['kept'][number];
        const page = (await (await fetch(`${items}?limit=10000`, { headers: TOKEN })).json()) as Features;
        expect(page.features.length, part).to.equal(features.length);
        for (const [index, { geometry, properties }] of features.entries()) {
          const item = page.features[index];
          expect(item?.geometry.type.replace('Multi', ''), part).to.equal(geometry.type.replace('Multi', ''));
          for (const [name, value] of Object.entries(properties)) {
            expect(plain(item?.properties[name]), `${part} ${index} ${name}`).to.deep.equal(plain(value));
          }
        }
      }
    });
  }
});

import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { canonicalJson } from '../../server/core/canonical-json.ts';
import { QUESTIONS } from '../support/questions.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

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
  readonly kept: readonly { readonly collection: string; readonly items: string; readonly tilejson: string }[];
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

  it('keeps who held a place with the time in which it was held: items and tiles of a day have those of the day', async () => {
    const { kept, features } = JSON.parse(await ask('timeline', { place: { admin: 'Gao' }, keep: true })) as Answer;
    const claims = features.claims?.features ?? [];
    const { items, tilejson } = kept.find(({ collection }) => collection.endsWith('_claims')) as Answer['kept'][number];
    const day = '2013-06-01';
    const thatDay = claims.filter(({ properties: { held_from: from, held_to: to } }) => {
      const [begin, end] = [String(from ?? '0000'), String(to ?? '9999')];
      return begin <= day && end > day;
    });
    expect(thatDay.length).to.be.within(1, claims.length - 1);
    const records = (list: Features['features']) => list.map(({ properties }) => properties.record);
    const response = await fetch(`${items}?limit=10000&datetime=${day}`, { headers: TOKEN });
    const page = (await response.json()) as Features;
    expect(records(page.features)).to.have.members(records(thatDay));
    const { tiles } = (await (await fetch(tilejson, { headers: TOKEN })).json()) as { tiles: string[] };
    const size = async (datetime: string) => {
      const address = (tiles[0] as string).replace('{z}/{x}/{y}', '4/8/7');
      const tile = await fetch(`${address}${address.includes('?') ? '&' : '?'}datetime=${datetime}`, {
        headers: TOKEN,
      });
      expect([200, 204]).to.include(tile.status);
      return (await tile.arrayBuffer()).byteLength;
    };
    expect(await size(day)).to.be.above(0);
    expect(await size('1950-01-01')).to.equal(0);
  });
});

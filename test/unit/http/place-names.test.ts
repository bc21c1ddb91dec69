import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { DatabaseUnavailable, QueryTimeout } from '../../../server/core/errors.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { PlaceNames } from '../../../server/http/search/place-names.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import type { Query, Run } from '../../../server/query/sql.ts';
import { EVENTS } from '../../support/layers.ts';

const NAME = { name: 'name', type: 'string', title: { en: 'Name', fr: 'Nom' } };
const named = (id: string, more = {}) =>
  ({
    ...LayerSchema.parse({ ...EVENTS, id, fields: [...EVENTS.fields, NAME] }),
    ...{ generation: 1, table: `${id}_1`, count: 9, ...more },
  }) as PublishedLayer;
const row = (fid: number) => ({
  ...{ fid, count: 1, name: `Name ${fid}`, name_fr: null, to_name: null, others: [], codes: [], rank: null },
  ...{
    population: null,
    kind: null,
    lon: 0,
    lat: 0,
    west: 0,
    south: 0,
    east: 0,
    north: 0,
    valid_from: null,
    valid_to: null,
  },
});

/** A database that answers each question in a while by what `answer` returns or throws. */
function database(answer: (table: string) => number) {
  const asked: string[] = [];
  let [atOnce, most] = [0, 0];
  const run = async ({ text }: Query) => {
    const table = /"layer"\."(\w+)"/.exec(text)?.[1] ?? '';
    asked.push(table);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 2));
    atOnce -= 1;
    return Array.from({ length: answer(table) }, (_, nth) => row(nth + 1));
  };
  return { run: run as unknown as Run, asked, most: () => most };
}

describe('PlaceNames', () => {
  it('goes on without a layer whose names take too long, asks no more for it, and tries it again later', async () => {
    let isLoaded = true;
    let now = 0;
    const { run, asked } = database((table) => {
      if (table === 'large_1' && isLoaded) throw new QueryTimeout('too long');
      return 3;
    });
    const names = new PlaceNames(run, 100, () => now);
    expect(await names.of(named('large'), PUBLIC_ACCESS)).to.equal(null);
    expect((await names.of(named('small'), PUBLIC_ACCESS))?.size).to.equal(3);
    expect(await names.of(named('large'), PUBLIC_ACCESS)).to.equal(null);
    expect(asked).to.deep.equal(['large_1', 'small_1']);
    now = 3_600_000;
    isLoaded = false;
    expect(await names.of(named('large'), PUBLIC_ACCESS)).to.equal(null);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await names.of(named('large'), PUBLIC_ACCESS))?.size).to.equal(3);
    expect(asked).to.have.lengthOf(3);
  });

  it('asks again at once for what failed for another cause', async () => {
    let isAway = true;
    const { run } = database(() => {
      if (isAway) throw new DatabaseUnavailable('away');
      return 1;
    });
    const names = new PlaceNames(run);
    const error = await names.of(named('a'), PUBLIC_ACCESS).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DatabaseUnavailable);
    isAway = false;
    expect((await names.of(named('a'), PUBLIC_ACCESS))?.size).to.equal(1);
  });

  it('reads once for an access and a state, two layers at a time', async () => {
    const { run, asked, most } = database(() => 1);
    const names = new PlaceNames(run);
    const layers = ['a', 'b', 'c', 'd', 'e'].map((id) => named(id));
    for (let round = 0; round < 2; round += 1) await Promise.all(layers.map((layer) => names.of(layer, PUBLIC_ACCESS)));
    expect([asked.length, most()]).to.deep.equal([5, 2]);
    await names.of(named('a'), FULL_ACCESS);
    await names.of(named('a', { generation: 2 }), PUBLIC_ACCESS);
    await names.of(named('b', { title: { en: 'Other', fr: 'Autre' } }), PUBLIC_ACCESS);
    expect(asked).to.have.lengthOf(8);
  });

  it('keeps so many names in all: drops what nobody asks for, and never what is in use', async () => {
    let now = 0;
    const { run, asked } = database(() => 40);
    const names = new PlaceNames(run, 100, () => now);
    const of = async (id: string) => (await names.of(named(id), PUBLIC_ACCESS))?.size ?? null;
    expect([await of('a'), await of('b'), await of('c')]).to.deep.equal([40, 40, null]);
    now = 120_000;
    expect([await of('b'), await of('d'), await of('b')]).to.deep.equal([40, 40, 40]);
    expect(asked).to.have.lengthOf(4);
    now += 1;
    expect(await of('a')).to.equal(null);
  });
});

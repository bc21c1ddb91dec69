import { expect } from 'chai';
import { describe, it } from 'mocha';
import { appendVersion, briefQuery, briefsQuery, briefVersions } from '../../../server/query/briefs.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { dropViews, serviceTimes, storeView } from '../../../server/query/views.ts';

const ID = '0b5ce1cb-9d6a-4ac2-8d07-3e1c2f0b6a55';

describe('queries on briefs', () => {
  it('ask of the brief as it is and of the version that is read what its reader may see', () => {
    for (const access of [PUBLIC_ACCESS, FULL_ACCESS]) {
      for (const { text, values } of [briefsQuery(access), briefQuery(ID, 2, access), briefVersions(ID, access)]) {
        for (const side of ['now', 'asked']) {
          const [, parameter] = new RegExp(`${side}\\.handling = ANY\\(\\$(\\d+)::text\\[\\]\\)`).exec(text) ?? [];
          expect(values[Number(parameter) - 1], text).to.equal(access.handling);
        }
      }
    }
  });

  it('take the version that is named, or the last', () => {
    const versionOf = (version: number | undefined) => briefQuery(ID, version, PUBLIC_ACCESS).values[0];
    expect([versionOf(2), versionOf(undefined)]).to.deep.equal([2, null]);
  });

  it('forget versions in the same step in which the next one is written', () => {
    const content = { id: ID, version: 60, title: "L'« été »", language: 'fr', handling: 'public', views: [] } as const;
    const statements = appendVersion(content, 50);
    expect(statements.map(({ text }) => /^\w+/.exec(text)?.[0])).to.deep.equal(['UPDATE', 'INSERT', 'DELETE']);
    expect(statements[1]?.values).to.deep.equal([ID, 60, "L'« été »", 'fr', 'public', '[]']);
    expect(statements[2]?.text).to.match(/version <= \$2::integer - \$3::integer$/);
    expect(statements[2]?.values).to.deep.equal([ID, 60, 50]);
  });
});

describe('queries on views', () => {
  it('put nothing of an address into a statement', () => {
    const address = "#'; DROP TABLE azalai.view; --";
    const { text, values } = storeView({
      id: 'a',
      hash: 'b',
      address,
      layers: {},
      storedAt: '2026-11-22T06:00:00.000Z',
    });
    expect(text).to.not.include('DROP');
    expect(values).to.include(address);
  });

  it('keep a tenth of the newest, and one at least', () => {
    expect(dropViews(100_000, 7).values).to.deep.equal([10_000, 100_000, 7]);
    expect(dropViews(3, 7).values).to.deep.equal([1, 3, 7]);
  });

  it('ask for each version of a layer by both', () => {
    const { values } = serviceTimes([
      ['attacks', 3],
      ['mines', 1],
    ]);
    expect(values).to.deep.equal([
      ['attacks', 'mines'],
      ['attacks', 'mines'],
      [3, 1],
    ]);
  });
});

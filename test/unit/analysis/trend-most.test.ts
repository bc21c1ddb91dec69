import { expect } from 'chai';
import { describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { findLasting } from '../../../server/analysis/trend/find-lasting.ts';

type Args = Parameters<typeof findLasting>;

describe('the trend of lines and outlines', () => {
  const layer = { id: 'ways', geometry: 'line', fields: [], time: 'interval', table: 'ways_1', generation: 1 };
  const lasting = { step: 'year', steps: [{ from: '2010-01-01', to: '2011-01-01' }], ends: ['2010-01-01'] };
  const find = (found: number) =>
    findLasting(
      {
        progress: () => undefined,
        run: async () =>
          Array.from({ length: found }, (_, n) => ({
            key: `0:${n}`,
            class: null,
            first_step: 0,
            end_step: 1,
            rough: false,
          })),
      } as unknown as Args[0],
      { imprecise: 'include' } as unknown as Args[1],
      [{ layer, filter: { access: 'full' } }] as unknown as Args[2],
      lasting as unknown as Args[3],
      { of: 'in-force', divided: {} } as unknown as Args[4],
    );

  it('is of all of them or refused: none are left out', async () => {
    const refused = await find(100_001).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AnalysisTooLarge);
    expect((refused as Error).message).to.match(/100,000.*Narrow/);
    const { whole } = await find(100_000);
    expect(JSON.stringify(whole)).to.contain('100000');
  });
});

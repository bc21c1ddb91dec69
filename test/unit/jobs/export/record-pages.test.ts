import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ItemRow } from '../../../../server/encode/feature.ts';
import { recordPages } from '../../../../server/jobs/export/record-pages.ts';
import type { ExportPage } from '../../../../server/query/export-page.ts';
import type { Query, Run } from '../../../../server/query/sql.ts';

/** Of the questions that are asked for `total` records, what each wished, and all numbers that came. */
async function askedFor(total: number, rowOf: (fid: number) => Omit<ItemRow, 'fid' | 'geojson'> = () => ({})) {
  const wishes: ExportPage[] = [];
  const run = async ({ values: [limit, after] }: Query) =>
    Array.from({ length: Math.min(Number(limit), total - Number(after)) }, (_, index) => {
      const fid = Number(after) + index + 1;
      return { geojson: '{}', ...rowOf(fid), fid };
    });
  const pageQuery = (wish: ExportPage): Query => {
    wishes.push(wish);
    return { text: '', values: [wish.limit, wish.after ?? 0] };
  };
  const fids: number[] = [];
  for await (const rows of recordPages(run as Run, pageQuery, new AbortController().signal)) {
    fids.push(...rows.map(({ fid }) => fid));
  }
  return { wishes, limits: wishes.map(({ limit }) => limit), fids };
}

describe('pages of an export', () => {
  it('begin with a few rows and grow, each bounded by its bytes', async () => {
    const { wishes, limits, fids } = await askedFor(20_000);
    expect(fids).to.deep.equal(Array.from({ length: 20_000 }, (_, index) => index + 1));
    expect(limits.slice(0, 4)).to.deep.equal([10, 20, 40, 80]);
    expect(Math.max(...limits)).to.be.within(2_000, 4_000);
    for (const { bytes } of wishes) expect(bytes).to.equal(2_000_000);
  });

  it('shrink for any text of a record, also in a list', async () => {
    const long = 'x'.repeat(500_000);
    for (const own of [{ geojson: long }, { note: long }, { tags: ['a', long.slice(10), 'b'] }]) {
      const { limits, fids } = await askedFor(30, (fid) => (fid > 10 ? own : {}));
      expect(fids).to.have.length(30);
      expect(limits.slice(0, 3), Object.keys(own).join()).to.deep.equal([10, 20, 3]);
    }
  });

  it('go on behind one that its bytes made short', async () => {
    const short = async ({ values: [, after] }: Query) =>
      Number(after) < 5 ? [{ fid: Number(after) + 1, geojson: '{}' }] : [];
    const seen: number[] = [];
    const pageQuery = ({ limit, after }: ExportPage): Query => ({ text: '', values: [limit, after ?? 0] });
    for await (const rows of recordPages(short as Run, pageQuery, new AbortController().signal)) {
      seen.push(...rows.map(({ fid }) => fid));
    }
    expect(seen).to.deep.equal([1, 2, 3, 4, 5]);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { sitesQuery } from '../../../server/query/analysis/crossings.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { testLayer } from '../../support/analysis.ts';

const served = (geometry: 'point' | 'polygon'): PublishedLayer => ({
  ...testLayer(`${geometry}s`, geometry, []),
  ...{ generation: 1, table: `${geometry}s_1`, count: 1, bbox: null, interval: null, prepared: UNPREPARED },
});

describe('sitesQuery', () => {
  it('measures only between sites and areas whose boxes meet', () => {
    const filter = { access: PUBLIC_ACCESS };
    const { text } = sitesQuery({ layer: served('point'), filter }, [{ layer: served('polygon'), filter }]);
    // An OR by itself would have every site measured to every area.
    expect(text).to.match(/JOIN claim ON ground && around\s+AND \(ST_Intersects\(.*\) OR ST_DWithin\(.*\)\)/);
  });
});

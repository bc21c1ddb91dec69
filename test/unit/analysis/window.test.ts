import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Selected } from '../../../server/analysis/select.ts';
import { windowOf } from '../../../server/analysis/window.ts';
import { type Interval, parseDatetime } from '../../../server/core/interval.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const REACH = { from: '2014-01-01T00:00:00Z', to: '2023-01-01T00:00:00Z' };
function events(datetime: string | undefined, interval: Interval | null, other: object = {}): Selected {
  const facts = { generation: 1, table: 'events', count: 1, bbox: null, prepared: UNPREPARED };
  return {
    layer: { ...EVENTS_LAYER, ...facts, interval, ...other },
    filter: { access: PUBLIC_ACCESS, datetime: datetime === undefined ? undefined : parseDatetime(datetime) },
    maxPrecisionM: undefined,
  };
}
const told = (...given: Parameters<typeof windowOf>) => {
  const { from, to, months } = windowOf(...given);
  return [from?.slice(0, 10), to?.slice(0, 10), months && Number(months.toFixed(2))];
};

describe('the window of a question', () => {
  it('is as it was asked, and where that is open as far as the collection reaches', () => {
    expect(told([events('2019-01-01/2019-12-31', REACH)])).to.deep.equal(['2019-01-01', '2020-01-01', 11.99]);
    expect(told([events('2019-01-01/..', REACH)])).to.deep.equal(['2019-01-01', '2023-01-01', 48]);
    expect(told([events(undefined, REACH)])).to.deep.equal(['2014-01-01', '2023-01-01', 107.99]);
  });

  it('is that of all collections together, and open where one is', () => {
    const both = [events('2019-01-01/2019-12-31', REACH), events('2021-01-01/2021-12-31', REACH)];
    expect(told(both)).to.deep.equal(['2019-01-01', '2022-01-01', 36.01]);
    const open = events(undefined, { from: REACH.from, to: null });
    expect(told([...both, open])).to.deep.equal(['2014-01-01', undefined, undefined]);
    expect(told([events(undefined, null, { time: null })], '2019-01-01')).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is what the question says where there are no events', () => {
    expect(told([], '2019-01-01/2019-12-31')).to.deep.equal(['2019-01-01', '2020-01-01', 11.99]);
    expect(told([])).to.deep.equal([undefined, undefined, undefined]);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Selected } from '../../../server/analysis/select.ts';
import { stepCaveats, wholeSteps } from '../../../server/analysis/whole-steps.ts';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { parseDatetime } from '../../../server/core/interval.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

/** A collection that reports from a day up to another, which is asked as `datetime` says. */
function collection(from: string, to: string, datetime?: string): Selected {
  const layer = {
    ...EVENTS_LAYER,
    interval: { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` },
  } as PublishedLayer;
  const asked = datetime === undefined ? undefined : parseDatetime(datetime);
  return { layer, filter: { access: PUBLIC_ACCESS, datetime: asked }, maxPrecisionM: undefined };
}

const months = (events: readonly Selected[], step: 'month' | 'year' = 'month') =>
  wholeSteps(events, step).steps.map(({ from }) => from.slice(0, 7));
const codes = (events: readonly Selected[]) => stepCaveats(wholeSteps(events, 'month')).map(({ code }) => code);

describe('wholeSteps', () => {
  it('are those that the collection holds as a whole, where no window is asked', () => {
    const events = [collection('2022-01-15', '2022-05-01')];
    expect(months(events)).to.deep.equal(['2022-02', '2022-03', '2022-04']);
    expect(wholeSteps(events, 'month')).to.deep.include({ cut: 1, unreported: 0, partly: [] });
    expect(codes(events)).to.deep.equal(['cut-steps']);
  });

  it('are those of a window that is asked, also the first and last month in which there is reporting', () => {
    expect(months([collection('2022-01-15', '2022-03-20', '2022-01-01/2022-03-31')])).to.deep.equal([
      '2022-01',
      '2022-02',
      '2022-03',
    ]);
  });

  it('are none in which no collection reports yet, or any longer', () => {
    const events = [collection('2022-03-10', '2022-05-02', '2021-01-01/2022-12-31')];
    expect(months(events)).to.deep.equal(['2022-03', '2022-04', '2022-05']);
    expect(wholeSteps(events, 'month')).to.deep.include({ cut: 0, unreported: 21 });
    expect(codes(events)).to.deep.equal(['unreported-steps']);
    expect(months([collection('2010-01-01', '2011-01-01', '2021-01-01/2021-12-31')])).to.deep.equal([]);
  });

  it('are those of all collections together, and it is said which do not report in all', () => {
    const [early, late] = [collection('2022-01-01', '2022-05-01'), collection('2022-03-01', '2022-07-01')];
    const events = [early, late];
    expect(months(events)).to.deep.equal(['2022-01', '2022-02', '2022-03', '2022-04', '2022-05', '2022-06']);
    expect(wholeSteps(events, 'month').partly).to.deep.equal(events);
    expect(codes(events)).to.deep.equal(['reporting-changes']);
    expect(codes([early, collection('2022-01-20', '2022-04-03', '2022-01-01/2022-04-30')])).to.deep.equal([]);
  });

  it('names collections whose own window ends, begins or cuts a step within those of all together', () => {
    const all = ['2010-01-01', '2023-01-01'] as const;
    const a = collection(...all, '2014-01-01/2016-12-31');
    const b = collection(...all, '2015-06-15/2022-12-31');
    const { steps, cut, partly } = wholeSteps([a, b], 'year');
    expect([steps.length, cut]).to.deep.equal([9, 0]);
    expect(partly).to.deep.equal([a, b]);
    // From the first of the first year to the last: only the other is partly in them.
    const whole = collection(...all, '2014-01-01/2022-12-31');
    expect(wholeSteps([whole, b], 'year').partly).to.deep.equal([b]);
    // Each step that one has is whole to it, and in each of the last years one is not asked.
    const [early, late] = [collection(...all, '2014-01-01/2018-12-31'), collection(...all, '2014-01-01/2022-12-31')];
    expect(wholeSteps([early, late], 'year').partly).to.deep.equal([early]);
    expect(wholeSteps([late, whole], 'year').partly).to.deep.equal([]);
    // A cut step within counts as partly his, though each year is met.
    const cutting = collection(...all, '2014-03-01/2022-12-31');
    expect(wholeSteps([whole, cutting], 'year').partly).to.deep.equal([cutting]);
    expect(codes([whole, cutting])).to.deep.equal(['reporting-changes']);
  });

  it('has no year where the window holds none', () => {
    expect(months([collection('2022-01-02', '2023-12-31')], 'year')).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { BriefDraftSchema } from '../../../server/core/brief.ts';
import type { DigestEntry, Watch } from '../../../server/core/watch.ts';
import { secondsUntilAgain } from '../../../server/jobs/watches/ask-watch.ts';
import { toBriefDraft } from '../../../server/jobs/watches/brief-draft.ts';
import { lastDue } from '../../../server/jobs/watches/schedule.ts';

describe('when briefs of watched questions are due', () => {
  const due = (rhythm: 'weekly' | 'monthly', now: string) => lastDue(rhythm, Date.parse(now)).toISOString();

  it('is on Mondays, or the first of a month, at six in the morning', () => {
    expect(due('weekly', '2026-11-23T06:00:00Z')).to.equal('2026-11-23T06:00:00.000Z');
    expect(due('weekly', '2026-11-23T05:59:59Z')).to.equal('2026-11-16T06:00:00.000Z');
    expect(due('weekly', '2026-11-22T23:00:00Z')).to.equal('2026-11-16T06:00:00.000Z');
    expect(due('monthly', '2026-03-01T05:00:00Z')).to.equal('2026-02-01T06:00:00.000Z');
    expect(due('monthly', '2026-01-01T05:00:00Z')).to.equal('2025-12-01T06:00:00.000Z');
    expect(due('monthly', '2026-11-22T00:00:00Z')).to.equal('2026-11-01T06:00:00.000Z');
  });

  it('is never to come, and never longer ago than the rhythm', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (now) => {
        const [week, month] = [now - lastDue('weekly', now).getTime(), now - lastDue('monthly', now).getTime()];
        expect(week).to.be.within(0, 7 * 86_400_000 - 1);
        expect(month).to.be.within(0, 31 * 86_400_000 - 1);
      }),
    );
  });
});

describe('how long a question waits that fails', () => {
  it('doubles, up to a day', () => {
    expect([0, 1, 2, 3].map(secondsUntilAgain)).to.deep.equal([300, 600, 1_200, 2_400]);
    expect([9, 20, 1_000_000].map(secondsUntilAgain)).to.deep.equal([86_400, 86_400, 86_400]);
  });
});

describe('a brief of watched questions', () => {
  const watch: Watch = {
    ...{ id: '1', title: 'T', process: 'corridor', inputs: {}, address: '', language: 'en', handling: 'public' },
    ...{ brief: 'weekly', createdAt: '2026-11-01T00:00:00.000Z', answeredAt: null, text: null, asked: null },
    failing: null,
  };
  const of = (changes: Partial<Watch>, entries: readonly DigestEntry[] = []) =>
    toBriefDraft('weekly', [{ watch: { ...watch, ...changes }, entries }], {
      ...{ language: 'en', handling: 'public', since: '2026-11-16T06:00:00.000Z' },
    });

  it('is one that can be stored, however much there is to tell', () => {
    const long = { en: `${'x'.repeat(3_999)}\u{1f43f}`, fr: 'y' };
    const content = { summary: long, before: null, after: long, figures: [], moreFigures: 0, records: [] };
    const entry: DigestEntry = {
      ...{ id: 'e', watch: '1', title: 'T', handling: 'public', at: '2026-11-17T06:00:00.000Z', kind: 'changed' },
      content,
    };
    const asked = { attacks: 3 };
    const draft = of(
      { text: long, answeredAt: entry.at, asked },
      Array.from({ length: 20 }, () => entry),
    );
    expect(BriefDraftSchema.safeParse(draft).error?.issues ?? []).to.deep.equal([]);
    expect(draft.views[0]?.view).to.deep.equal({ address: '#layers=attacks', layers: asked });
  });

  it('shows what was saved, without what leads elsewhere, and says when there is nothing to say', () => {
    const address = '#map=5/14/-3&view=abc&ask=corridor&brief=x&watch&time=../..&present';
    const [view] = of({ address }).views;
    expect(view?.view.address).to.equal('#map=5/14/-3&ask=corridor&time=../..');
    expect(view?.note).to.equal('Nothing has changed since 16 November 2026.\n\nIt has not been answered yet.');
  });
});

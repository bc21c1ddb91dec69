import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { keepDraft, keptDraft } from '../../../client/state/kept-draft.ts';

const browser = globalThis as { sessionStorage?: unknown };

/** A tab's storage, full from the beginning or not. */
function storage(isFull = false): Map<string, string> {
  const kept = new Map<string, string>();
  browser.sessionStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => kept.delete(name),
    setItem: (name: string, text: string) => {
      if (isFull) throw new Error('QuotaExceededError');
      kept.set(name, text);
    },
  };
  return kept;
}

describe('what was written and not sent', () => {
  afterEach(() => {
    keepDraft('x', null);
    Reflect.deleteProperty(browser, 'sessionStorage');
  });

  it('is kept in the tab, each under its own name, until it is dropped', () => {
    const kept = storage();
    keepDraft('x', { reason: 'Because' });
    keepDraft('y', { reason: 'Other' });
    expect(keptDraft('x')).to.deep.equal({ reason: 'Because' });
    keepDraft('y', null);
    expect(keptDraft('y')).to.equal(null);
    expect([...kept.keys()]).to.deep.equal(['azalai.draft.x']);
  });

  it('is there for another page of the tab, and is nothing where it cannot be read', () => {
    const kept = storage();
    kept.set('azalai.draft.z', '{"reason":"Before"}');
    kept.set('azalai.draft.w', '{"reason":');
    expect(keptDraft('z')).to.deep.equal({ reason: 'Before' });
    expect(keptDraft('w')).to.equal(null);
  });

  it('is kept by the page where the browser keeps nothing', () => {
    storage(true);
    keepDraft('x', { reason: 'Because' });
    expect(keptDraft('x')).to.deep.equal({ reason: 'Because' });
    Reflect.deleteProperty(browser, 'sessionStorage');
    expect(keptDraft('x')).to.deep.equal({ reason: 'Because' });
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { History, MOST_STEPS, type Step } from '../../../client/state/history.ts';

const step = (name: string): Step => ({ about: [name], undo: () => undefined, redo: () => undefined });
const back = (history: History) => {
  const next = history.next('undo');
  if (next) history.passed('undo', next);
  return next;
};
const forth = (history: History) => {
  const next = history.next('redo');
  if (next) history.passed('redo', next);
  return next;
};

describe('history of steps', () => {
  it('goes back and forth over the same steps, whatever is done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('do', 'undo', 'redo')), (moves) => {
        const history = new History();
        // The plain model: a list and a place in it.
        let done: Step[] = [];
        let at = 0;
        for (const [index, move] of moves.entries()) {
          if (move === 'do') {
            const made = step(String(index));
            done = [...done.slice(0, at), made];
            at += 1;
            history.push(made);
          } else if (move === 'undo') {
            expect(back(history)).to.equal(at > 0 ? done[at - 1] : null);
            at = Math.max(0, at - 1);
          } else {
            expect(forth(history)).to.equal(done[at] ?? null);
            at = Math.min(done.length, at + 1);
          }
          expect(history.state()).to.deep.equal({ undo: done[at - 1] ?? null, redo: done[at] ?? null });
        }
      }),
    );
  });

  it('forgets the oldest', () => {
    const history = new History();
    for (let index = 0; index < MOST_STEPS + 5; index++) history.push(step(String(index)));
    let last: Step | null = null;
    for (let count = 0; count < MOST_STEPS; count++) last = back(history);
    expect(last?.about).to.deep.equal(['5']);
    expect(back(history)).to.equal(null);
  });

  it('takes a step out from under those that came while it was on its way', () => {
    const history = new History();
    const first = step('first');
    history.push(first);
    history.push(step('second'));
    history.passed('undo', first);
    expect(history.next('undo')?.about).to.deep.equal(['second']);
    expect(history.next('redo')).to.equal(first);
    expect(back(history)?.about).to.deep.equal(['second']);
    expect(history.next('undo')).to.equal(null);
  });

  it('leaves out a step that is not there any more', () => {
    const history = new History();
    history.push(step('first'));
    history.passed('undo', step('other'));
    expect(history.next('undo')?.about).to.deep.equal(['first']);
    expect(history.next('redo')).to.equal(null);
  });

  it('goes on behind a step that is dropped, which cannot be done again', () => {
    const history = new History();
    history.push(step('first'));
    const refused = step('refused');
    history.push(refused);
    history.drop('undo', refused);
    expect(back(history)?.about).to.deep.equal(['first']);
    expect(forth(history)?.about).to.deep.equal(['first']);
    expect(history.next('redo')).to.equal(null);
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Slots, slots } from '../../../server/db/slots.ts';

/** Name of the error, or 'in' when it got a place. */
const fate = (taking: Promise<void>): Promise<string> =>
  taking.then(
    () => 'in',
    (error: Error) => error.name,
  );

/** Long enough for everything that needs no timer. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the places of a lane', () => {
  it('go to the first that come, and are handed on in the order of arrival', async () => {
    await settled();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const places = slots({ max: 1, queueMax: 2, waitMs: 60_000 });
    const order: string[] = [];
    const come = (who: string) => places.take().then(() => order.push(who));
    const all = [come('a'), come('b'), come('c')];
    await settled();
    expect(order).to.deep.equal(['a']);
    expect([places.active(), places.waiting()]).to.deep.equal([1, 2]);
    places.give();
    places.give();
    await Promise.all(all);
    expect(order).to.deep.equal(['a', 'b', 'c']);
    places.give();
    expect([places.active(), places.waiting()]).to.deep.equal([0, 0]);
    expect(timers()).to.equal(before);
  });

  it('turn away at once whoever finds the queue full', async () => {
    const places = slots({ max: 1, queueMax: 1, waitMs: 60_000 });
    await places.take();
    const second = fate(places.take());
    expect(await fate(places.take())).to.equal('LaneSaturated');
    places.give();
    expect(await second).to.equal('in');
  });

  it('turn away whoever waits too long, and keep nothing for it', async () => {
    const places = slots({ max: 1, queueMax: 5, waitMs: 10 });
    await places.take();
    expect(await fate(places.take())).to.equal('LaneSaturated');
    expect(places.waiting()).to.equal(0);
    places.give();
    expect(places.active()).to.equal(0);
  });

  it('do not turn away one that got its place in time', async () => {
    const places = slots({ max: 1, queueMax: 5, waitMs: 20 });
    await places.take();
    const second = fate(places.take());
    places.give();
    await delay(40);
    expect(await second).to.equal('in');
    expect(places.active()).to.equal(1);
  });

  it('know nothing more of one that was given up before or while it waited', async () => {
    const places = slots({ max: 1, queueMax: 5, waitMs: 60_000 });
    expect(await fate(places.take(AbortSignal.abort()))).to.equal('RequestAborted');
    expect(places.active()).to.equal(0);
    await places.take();
    const leaving = new AbortController();
    const left = fate(places.take(leaving.signal));
    const stays = fate(places.take());
    leaving.abort();
    expect(await left).to.equal('RequestAborted');
    expect(places.waiting()).to.equal(1);
    places.give();
    expect(await stays).to.equal('in');
    expect(places.active()).to.equal(1);
  });

  it('admit nobody after they are closed', async () => {
    const places = slots({ max: 1, queueMax: 5, waitMs: 60_000 });
    await places.take();
    const waiting = fate(places.take());
    places.close();
    expect(await waiting).to.equal('DatabaseUnavailable');
    expect(await fate(places.take())).to.equal('DatabaseUnavailable');
    places.give();
    expect(places.active()).to.equal(0);
  });

  it('are neither lost nor multiplied, whatever comes, goes and gives up', async () => {
    interface Guest {
      readonly leaving: AbortController;
      fate: string;
    }
    const steps = fc.array(fc.tuple(fc.constantFrom('come', 'go', 'give up'), fc.nat(20)), { maxLength: 60 });
    const enter = (places: Slots): Guest => {
      const leaving = new AbortController();
      const guest: Guest = { leaving, fate: 'waiting' };
      void fate(places.take(leaving.signal)).then((word) => {
        guest.fate = word;
      });
      return guest;
    };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.nat(4), steps, async (max, queueMax, list) => {
        const places = slots({ max, queueMax, waitMs: 60_000 });
        const guests: Guest[] = [];
        const those = (word: string) => guests.filter((guest) => guest.fate === word);
        for (const [step, nth] of list) {
          if (step === 'come') guests.push(enter(places));
          const inside = those('in');
          const leaver = inside[nth % inside.length];
          if (step === 'go' && leaver) {
            leaver.fate = 'gone';
            places.give();
          }
          if (step === 'give up') guests[nth]?.leaving.abort();
          await settled();
          expect(places.active()).to.equal(those('in').length);
          expect(places.waiting()).to.equal(those('waiting').length);
          expect(places.active()).to.be.at.most(max);
          expect(places.waiting()).to.be.at.most(queueMax);
          // Nobody waits while there is room.
          if (places.waiting() > 0) expect(places.active()).to.equal(max);
        }
        places.close();
      }),
    );
  });
});

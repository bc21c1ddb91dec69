import { expect } from 'chai';
import { describe, it } from 'mocha';
import { RequestAborted } from '../../../server/core/errors.ts';
import { SingleFlight } from '../../../server/tiles/single-flight.ts';

/** Work that the test ends, and that counts how often it was begun. */
function work() {
  const begun: { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const begin = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      begun.push({ signal, resolve, reject });
    });
  return { begun, begin };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('SingleFlight', () => {
  it('does once what ten ask for at once, and again what is asked for later', async () => {
    const flights = new SingleFlight<string>();
    const { begun, begin } = work();
    const asked = Array.from({ length: 10 }, () => flights.run('a', begin));
    const other = flights.run('b', begin);
    expect(begun).to.have.lengthOf(2);
    begun[0]?.resolve('one');
    begun[1]?.resolve('two');
    expect(new Set(await Promise.all(asked))).to.deep.equal(new Set(['one']));
    expect(await other).to.equal('two');
    void flights.run('a', begin);
    expect(begun).to.have.lengthOf(3);
  });

  it('lets one go without the others', async () => {
    const flights = new SingleFlight<string>();
    const { begun, begin } = work();
    const [leaves, stays] = [new AbortController(), new AbortController()];
    const left = failure(flights.run('a', begin, leaves.signal));
    const stayed = flights.run('a', begin, stays.signal);
    leaves.abort();
    expect(await left).to.be.instanceOf(RequestAborted);
    expect(begun[0]?.signal.aborted).to.equal(false);
    begun[0]?.resolve('one');
    expect(await stayed).to.equal('one');
  });

  it('aborts the work when all have gone, and begins anew for who comes then', async () => {
    const flights = new SingleFlight<string>();
    const { begun, begin } = work();
    const callers = [new AbortController(), new AbortController()];
    const results = callers.map(({ signal }) => failure(flights.run('a', begin, signal)));
    for (const caller of callers) caller.abort();
    for (const result of results) expect(await result).to.be.instanceOf(RequestAborted);
    expect(begun[0]?.signal.aborted).to.equal(true);
    const late = flights.run('a', begin);
    expect(begun).to.have.lengthOf(2);
    // The first ends after it was given up: that must not make the second forgotten.
    begun[0]?.reject(new RequestAborted('cancelled'));
    await new Promise((resolve) => setImmediate(resolve));
    void flights.run('a', begin);
    expect(begun).to.have.lengthOf(2);
    begun[1]?.resolve('two');
    expect(await late).to.equal('two');
  });

  it('does not begin for one who has gone already', async () => {
    const { begun, begin } = work();
    const result = await failure(new SingleFlight<string>().run('a', begin, AbortSignal.abort()));
    expect(result).to.be.instanceOf(RequestAborted);
    expect(begun).to.have.lengthOf(0);
  });

  it('tells all who wait that it failed, and tries again for the next', async () => {
    const flights = new SingleFlight<string>();
    const { begun, begin } = work();
    const asked = [flights.run('a', begin), flights.run('a', begin)].map(failure);
    const cause = new Error('no');
    begun[0]?.reject(cause);
    expect(await Promise.all(asked)).to.deep.equal([cause, cause]);
    void flights.run('a', begin);
    expect(begun).to.have.lengthOf(2);
  });
});

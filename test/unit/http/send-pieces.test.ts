import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RequestAborted } from '../../../server/core/errors.ts';
import { PaceOfReader, sendPieces } from '../../../server/http/export/send-pieces.ts';

const PIECE = 65_536;
const TWO_MINUTES = { windowMs: 120_000, leastRate: 1_024 };

/** How long a reader is waited for who makes room for a piece every so many milliseconds; Infinity: to the end. */
function waitedFor(everyMs: number, pieces = 100): number {
  const pace = new PaceOfReader(TWO_MINUTES);
  for (let piece = 0; piece < pieces; piece += 1) {
    pace.hand(PIECE);
    const left = pace.left();
    if (left < everyMs) return piece * everyMs + left;
    pace.took(everyMs);
  }
  return Number.POSITIVE_INFINITY;
}

describe('the pace of a reader', () => {
  it('ends who makes room now and then only, in two minutes', () => {
    expect(waitedFor(119_000)).to.equal(120_000);
    expect(waitedFor(1e9)).to.equal(120_000);
  });

  it('leaves who takes the least rate, whatever he is waited for in between', () => {
    // 64 KB in 64 s are 1,024 bytes a second; what is handed over is more than he has taken by one piece.
    expect(waitedFor(60_000)).to.equal(Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 60 }), (waits) => {
        const pace = new PaceOfReader(TWO_MINUTES);
        for (const wait of waits) {
          pace.hand(PIECE);
          expect(pace.left()).to.be.at.least(wait);
          pace.took(wait);
        }
      }),
    );
  });

  it('forgets how fast he was before', () => {
    const pace = new PaceOfReader(TWO_MINUTES);
    for (let piece = 0; piece < 1_000; piece += 1) {
      pace.hand(PIECE);
      pace.took(1);
    }
    pace.hand(PIECE);
    expect(pace.left()).to.be.within(119_990, 120_000);
    pace.took(119_000);
    pace.hand(PIECE);
    expect(pace.left()).to.be.within(0, 1_010);
  });
});

/** A response that says after each write whether it has room, and makes room when it is told to. */
class FakeResponse extends EventEmitter {
  destroyed = false;
  isEnded = false;
  readonly written: Buffer[] = [];
  readonly #onFull: (self: FakeResponse) => void;
  constructor(onFull: (self: FakeResponse) => void) {
    super();
    this.#onFull = onFull;
  }
  write(piece: string | Buffer): boolean {
    this.written.push(Buffer.from(piece as string));
    setImmediate(() => this.#onFull(this));
    return false;
  }
  end(): void {
    this.isEnded = true;
  }
}
const asResponse = (fake: FakeResponse) => fake as unknown as ServerResponse;
async function* body(...pieces: (string | Buffer)[]) {
  yield* pieces;
}

describe('sending pieces', () => {
  it('hands a large piece over part by part, byte for byte', async () => {
    const text = 'é€𝄞'.repeat(40_000);
    for (const piece of [text, Buffer.from(text)]) {
      const fake = new FakeResponse((self) => self.emit('drain'));
      await sendPieces(asResponse(fake), body('a', piece, 'b'), () => undefined);
      expect(fake.isEnded).to.equal(true);
      expect(Math.max(...fake.written.map(({ length }) => length))).to.be.at.most(PIECE);
      expect(Buffer.concat(fake.written).toString()).to.equal(`a${text}b`);
    }
  });

  it('ends with an error when its reader is too slow, though he makes room each time', async () => {
    const fake = new FakeResponse((self) => setTimeout(() => self.emit('drain'), 5));
    const patience = { windowMs: 50, leastRate: 1e9 };
    const pieces = Array.from({ length: 10_000 }, () => 'some text');
    const error = await sendPieces(asResponse(fake), body(...pieces), () => undefined, patience).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(RequestAborted);
    expect(fake.isEnded).to.equal(false);
    expect(fake.written.length).to.be.within(1, 20);
  });
});

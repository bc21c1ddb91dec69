import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type EmergingClass, emergingClass, type Heat, PATTERNS } from '../../../server/stats/emerging-class.ts';

/** `h` hot, `c` cold, `.` neither. */
const toHeats = (text: string): Heat[] => [...text].map((each) => (each === 'h' ? 1 : each === 'c' ? -1 : 0));

const CASES: readonly (readonly [steps: string, trend: Heat, expected: EmergingClass, why: string])[] = [
  ['.........h', 0, 'new_hot', 'hot in the last step, never before'],
  ['..c......h', 1, 'new_hot', 'cold before, and hot for the first time'],
  ['h', 0, 'new_hot', 'one step is the last, with none before'],
  ['.......hhh', 0, 'consecutive_hot', 'a run up to the last, never hot before it'],
  ['........hh', 1, 'consecutive_hot', 'a run of two'],
  ['.c.....hhh', 0, 'consecutive_hot', 'cold before the run is no matter'],
  ['..hhhhhhhh', 0, 'consecutive_hot', '80 % are under 90 %'],
  ['.hhhhhhhhh', 1, 'intensifying_hot', 'just 90 %, and rising'],
  ['hhhhhhhhhh', 1, 'intensifying_hot', 'all, and rising'],
  ['hhh.hhhhhh', 0, 'persistent_hot', 'just 90 %, without a trend'],
  ['hhhhhhhhhh', 0, 'persistent_hot', 'all'],
  ['hhchhhhhhh', 0, 'persistent_hot', 'one cold step of ten'],
  ['hh', 0, 'persistent_hot', 'two of two steps are all'],
  ['hhhhhhhh.h', -1, 'diminishing_hot', 'just 90 %, and falling'],
  ['h........h', 0, 'sporadic_hot', 'on and off, never cold'],
  ['..hh..hhhh', 1, 'sporadic_hot', 'hot before its last run'],
  ['hhhhhhh..h', 0, 'sporadic_hot', '80 % with the last hot'],
  ['c..h...hhh', 0, 'oscillating_hot', 'was cold'],
  ['hhhhhcc.hh', 0, 'oscillating_hot', 'was cold between'],
  ['hhhhhhhhh.', 0, 'historical_hot', 'just 90 %, last not hot'],
  ['hhhhhhhh..', 0, 'none', '80 %, last not hot'],
  ['hhhhhhhhhc', 0, 'new_cold', 'the last step decides first'],
  ['..........', 1, 'none', 'a trend alone is no class'],
  ['h........c', 0, 'new_cold', 'hot before, cold for the first time'],
  ['cccccccccc', -1, 'intensifying_cold', 'colder and colder'],
  ['cccccccccc', 1, 'diminishing_cold', 'less and less cold'],
  ['c.......cc', 0, 'sporadic_cold', 'on and off, never hot'],
  ['ch......cc', 0, 'oscillating_cold', 'was hot'],
  ['ccccccccc.', 0, 'historical_cold', 'just 90 %, last not cold'],
];

/** The conditions as they are published, each by itself, of the hot side. */
function fitting(heats: readonly Heat[], trend: Heat): string[] {
  const last = heats.length - 1;
  const isHot = heats[last] === 1;
  const share = heats.filter((heat) => heat === 1).length / heats.length;
  const most = share > 0.9 - 1e-9;
  const before = heats.slice(0, last);
  const run = heats.length - 1 - heats.findLastIndex((heat) => heat !== 1);
  const beforeRun = heats.slice(0, heats.length - run);
  const wasCold = before.includes(-1);
  return [
    ...(isHot && !before.includes(1) ? ['new'] : []),
    ...(run >= 2 && !beforeRun.includes(1) && !most ? ['consecutive'] : []),
    ...(isHot && most && trend === 1 ? ['intensifying'] : []),
    ...(isHot && most && trend === 0 ? ['persistent'] : []),
    ...(isHot && most && trend === -1 ? ['diminishing'] : []),
    ...(isHot && !most && !wasCold ? ['sporadic'] : []),
    ...(isHot && !most && wasCold ? ['oscillating'] : []),
    ...(!isHot && most ? ['historical'] : []),
  ];
}

const heat = fc.constantFrom<Heat>(-1, 0, 0, 1, 1);
const heats = fc.oneof(
  fc.array(heat, { minLength: 1, maxLength: 30 }),
  // Most of them hot: about 90 %.
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant<Heat>(1) }, { weight: 1, arbitrary: heat }), {
    minLength: 1,
    maxLength: 30,
  }),
);

describe('emergingClass', () => {
  for (const [steps, trend, expected, why] of CASES) {
    it(`is ${expected} of ${steps} (${why})`, () => {
      expect(emergingClass(toHeats(steps), trend)).to.equal(expected);
    });
  }

  it('has each class in the cases above', () => {
    const all = ['none', ...PATTERNS.flatMap((pattern) => [`${pattern}_hot`, `${pattern}_cold`])];
    const shown = new Set<string>(CASES.map(([, , expected]) => expected));
    // Those that are not are the mirror of one that is.
    const missing = all.filter((each) => !shown.has(each));
    expect(missing).to.deep.equal(['consecutive_cold', 'persistent_cold']);
  });

  it('is just one, the first of those whose published conditions hold where the last step is not cold', () => {
    fc.assert(
      fc.property(heats, heat, (steps, trend) => {
        const found = emergingClass(steps, trend);
        const fits = fitting(steps, trend);
        if (steps.at(-1) === -1) {
          expect(found).to.match(/_cold$/);
          return;
        }
        const mirrored = fitting(
          steps.map((each) => -each as Heat),
          -trend as Heat,
        );
        if (fits.length > 0) expect(found).to.equal(`${fits[0]}_hot`);
        else expect(found).to.equal(mirrored.length > 0 ? `${mirrored[0]}_cold` : 'none');
      }),
      { numRuns: 1_000 },
    );
  });

  it('has hot for cold when every sign turns', () => {
    fc.assert(
      fc.property(heats, heat, (steps, trend) => {
        const mirrored = emergingClass(
          steps.map((each) => -each),
          -trend as Heat,
        );
        const swapped = mirrored.replace(/hot|cold/, (side) => (side === 'hot' ? 'cold' : 'hot'));
        expect(emergingClass(steps, trend)).to.equal(swapped);
      }),
    );
  });

  it('refuses no steps', () => {
    expect(() => emergingClass([], 0)).to.throw(RangeError, 'one step');
  });
});

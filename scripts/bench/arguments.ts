import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly points: number;
  /** In all three classes together. */
  readonly tiles: number;
  readonly rounds: number;
  /** How long each contender runs at least, in each class and round. */
  readonly seconds: number;
  /** Only whether ten times the points slow the cold low zooms. */
  readonly growth: boolean;
  readonly out: string;
}

export const USAGE = `npm run bench -- [--points 500000] [--tiles 300] [--rounds 3] [--seconds 5] [--out FOLDER] [--growth]`;

export class InvalidArguments extends Error {}

/** @throws InvalidArguments */
export function parseArguments(argv: readonly string[]): BenchArguments {
  const { values } = read(argv);
  const whole = (name: 'points' | 'tiles' | 'rounds' | 'seconds', least: number) => {
    const number = Number(values[name]);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArguments(`--${name} must be a whole number, ${least} or more.\n${USAGE}`);
  };
  return {
    points: whole('points', 1000),
    tiles: whole('tiles', 3),
    rounds: whole('rounds', 1),
    seconds: whole('seconds', 1),
    growth: values.growth,
    out: values.out,
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        points: { type: 'string', default: '500000' },
        tiles: { type: 'string', default: '300' },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '5' },
        out: { type: 'string', default: 'bench-results' },
        growth: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new InvalidArguments(`${(cause as Error).message}\n${USAGE}`);
  }
}

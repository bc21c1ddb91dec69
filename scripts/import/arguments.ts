import { parseArgs } from 'node:util';

export interface ImportArguments {
  readonly file: string;
  /** Where every issue is written to, one JSON object in a line. */
  readonly issues: string | undefined;
  /** Whether the report comes as JSON too, as the last line. */
  readonly json: boolean;
}

export const USAGE = 'npm run import -- FILE [--issues FILE.ndjson] [--json]';

export class InvalidArguments extends Error {}

/** @throws InvalidArguments */
export function parseArguments(argv: readonly string[]): ImportArguments {
  const { values, positionals } = read(argv);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new InvalidArguments(`Name one file.\n${USAGE}`);
  return { file, issues: values.issues, json: values.json };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { issues: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
  } catch (cause) {
    throw new InvalidArguments(`${(cause as Error).message}\n${USAGE}`);
  }
}

import { parseArgs } from 'node:util';
import { type Target, TargetSchema } from '../../server/core/mapping.ts';

/** What publishing does to a collection that is there. */
type Mode = Exclude<Target['mode'], 'new'>;

export interface ImportArguments {
  readonly file: string;
  /** Where every issue of the reading is written to, one JSON object in a line. */
  readonly issues: string | undefined;
  /** Whether the report comes as JSON too, as the last line. */
  readonly json: boolean;
  /** Whether the records are checked together, as the server does it. */
  readonly check: boolean;
  /** Whether they are then published. */
  readonly publish: boolean;
  /** Id of the collection that they are for; undefined: as is proposed. */
  readonly collection: string | undefined;
  readonly mode: Mode;
}

export const USAGE = `npm run import -- FILE [--issues FILE.ndjson] [--check] [--publish] [--collection ID] [--mode MODE] [--json]

  --check       check the records together too, in the database that the server uses; nothing is published
  --publish     the same, and publish them
  --collection  publish to this collection, or as a new one of this name
  --mode        what becomes of a collection that is there: replace (default), append, upsert, delete`;

export class InvalidArguments extends Error {}

/** @throws InvalidArguments */
export function parseArguments(argv: readonly string[]): ImportArguments {
  const { values, positionals } = read(argv);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new InvalidArguments(`Name one file.\n${USAGE}`);
  const { issues, json, publish, collection } = values;
  const check = values.check || publish;
  if (!check && (collection !== undefined || values.mode !== undefined)) {
    throw new InvalidArguments(`--collection and --mode go with --publish or --check.\n${USAGE}`);
  }
  if (check && issues !== undefined)
    throw new InvalidArguments(`--issues goes without --check and --publish.\n${USAGE}`);
  if (collection !== undefined && !/^[a-z][a-z0-9_]{0,47}$/.test(collection)) {
    throw new InvalidArguments('A collection is named by small letters, digits and "_", a letter first.');
  }
  return { file, issues, json, check, publish, collection, mode: toMode(values.mode ?? 'replace') };
}

function toMode(mode: string): Mode {
  const modes = TargetSchema.options.map(({ shape }) => shape.mode.value).filter((known) => known !== 'new');
  const known = modes.find((candidate) => candidate === mode);
  if (!known) throw new InvalidArguments(`--mode is one of ${modes.join(', ')}.`);
  return known;
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        issues: { type: 'string' },
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        publish: { type: 'boolean', default: false },
        collection: { type: 'string' },
        mode: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new InvalidArguments(`${(cause as Error).message}\n${USAGE}`);
  }
}

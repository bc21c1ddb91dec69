import { parseArgs } from 'node:util';
import { MAX_ZOOM } from '../../server/core/tile.ts';

/** What was typed after `npm run export --`, checked as far as it can be without the catalogue. */
export interface ExportArguments {
  /** None: all of them; only with the page. */
  readonly collections: readonly string[];
  /** A file; a folder when the page goes with it. */
  readonly out: string;
  readonly withClient: boolean;
  readonly hexagons: boolean;
  readonly minzoom: number;
  /** Absent: as far as the server's tilesets go. */
  readonly maxzoom: number | undefined;
  readonly datetime: string | undefined;
  readonly filter: string | undefined;
}

export const USAGE = `Usage: npm run export -- pmtiles --collections ID,ID --out FILE
  --minzoom N, --maxzoom N   the zooms in the archive, 0 to ${MAX_ZOOM}
  --datetime WINDOW          only what was valid then, such as 2022-01-01/2022-12-31
  --filter CQL2              only what it is true of, such as "killed > 5"
  --hexagons                 counts in hexagons, of one collection of points
or:    npm run export -- pmtiles --with-client --out FOLDER
  the whole map for a static server; takes --collections, --minzoom and --maxzoom`;

/** What was typed cannot be meant; the message says what would be right. */
export class InvalidArguments extends Error {}

function toZoom(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const zoom = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (!(zoom <= MAX_ZOOM)) {
    throw new InvalidArguments(`--${name} is a whole number from 0 to ${MAX_ZOOM}: it is "${text}".`);
  }
  return zoom;
}

function parseTyped(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ collections: text, out: text, minzoom: text, maxzoom: text, datetime: text, filter: text },
        hexagons: { type: 'boolean', default: false },
        'with-client': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new InvalidArguments((error as Error).message);
  }
}

/** @throws InvalidArguments */
export function parseArguments(args: readonly string[]): ExportArguments {
  const { values, positionals } = parseTyped(args);
  const [format, ...others] = positionals;
  if (format !== 'pmtiles' || others.length > 0) {
    throw new InvalidArguments(`The one format is pmtiles: "${positionals.join(' ')}" is not it.`);
  }
  const collections = (values.collections ?? '').split(',').filter(Boolean);
  const withClient = values['with-client'];
  if (collections.length === 0 && (!withClient || values.collections !== undefined)) {
    throw new InvalidArguments('--collections names what to export, such as attacks,mines.');
  }
  if (new Set(collections).size < collections.length) {
    throw new InvalidArguments(`--collections names one twice: ${collections.join(',')}.`);
  }
  if (values.hexagons && collections.length > 1) {
    throw new InvalidArguments('--hexagons takes one collection: each has hexagons of its own.');
  }
  if (withClient && (values.hexagons || values.datetime !== undefined || values.filter !== undefined)) {
    throw new InvalidArguments('--with-client takes the map as it is: leave out --hexagons, --datetime and --filter.');
  }
  if (!values.out) throw new InvalidArguments('--out names what to write, such as mali.pmtiles.');
  const minzoom = toZoom('minzoom', values.minzoom) ?? 0;
  const maxzoom = toZoom('maxzoom', values.maxzoom);
  if (maxzoom !== undefined && maxzoom < minzoom) {
    throw new InvalidArguments(`--maxzoom ${maxzoom} is below --minzoom ${minzoom}.`);
  }
  const { out, hexagons, datetime, filter } = values;
  return { collections, out, withClient, hexagons, minzoom, maxzoom, datetime, filter };
}

import { parseArgs } from 'node:util';
import { type Bbox, parseBbox } from '../../server/core/bbox.ts';
import { BRIEF_ID } from '../../server/core/brief.ts';
import { MAX_ZOOM } from '../../server/core/tile.ts';

/** What was typed after `npm run export --`, checked as far as it can be without the catalogue. */
export interface ExportArguments {
  /** An archive of tiles; the map as a folder, or as one HTML file. */
  readonly format: (typeof FORMATS)[number];
  /** None: all of them; not of an archive. */
  readonly collections: readonly string[];
  /** A file; a folder when the page goes with it. */
  readonly out: string;
  readonly withClient: boolean;
  readonly hexagons: boolean;
  readonly minzoom: number;
  /** Absent: as far as the server's tilesets go, or as what is copied needs. */
  readonly maxzoom: number | undefined;
  readonly datetime: string | undefined;
  readonly filter: string | undefined;
  /** Id of the brief that is copied. */
  readonly brief: string | undefined;
  /** What is copied of the map. */
  readonly area: Bbox | undefined;
}

const FORMATS = ['pmtiles', 'folder', 'html'] as const;

export const USAGE = `Usage: npm run export -- pmtiles --collections ID,ID --out FILE
  --minzoom N, --maxzoom N   the zooms in the archive, 0 to ${MAX_ZOOM}
  --datetime WINDOW          only what was valid then, such as 2022-01-01/2022-12-31
  --filter CQL2              only what it is true of, such as "killed > 5"
  --hexagons                 counts in hexagons, of one collection of points
or:    npm run export -- pmtiles --with-client --out FOLDER
  the whole map for a static server; takes --collections, --minzoom and --maxzoom
or:    npm run export -- folder --brief ID --out FOLDER
       npm run export -- html --brief ID --out FILE.html
  a brief with its map, for a static server or as one file that opens without any
  --bbox W,S,E,N             an area instead of a brief, or another area for it, in degrees
  --collections, --maxzoom   other layers or zooms than it needs`;

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

function toArea(text: string | undefined): Bbox | undefined {
  if (text === undefined) return undefined;
  const boxes = parseBbox(text);
  if (boxes.length > 1)
    throw new InvalidArguments(`--bbox is west,south,east,north with west below east: it is "${text}".`);
  return boxes[0];
}

function parseTyped(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ collections: text, out: text, minzoom: text, maxzoom: text, datetime: text, filter: text },
        ...{ brief: text, bbox: text },
        hexagons: { type: 'boolean', default: false },
        'with-client': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new InvalidArguments((error as Error).message);
  }
}

type Values = ReturnType<typeof parseTyped>['values'];

function checkArchive(values: Values, collections: readonly string[]): void {
  const withClient = values['with-client'];
  if (values.brief !== undefined || values.bbox !== undefined) {
    throw new InvalidArguments('--brief and --bbox are for "folder" and "html": an archive has whole collections.');
  }
  if (collections.length === 0 && (!withClient || values.collections !== undefined)) {
    throw new InvalidArguments('--collections names what to export, such as attacks,mines.');
  }
  if (values.hexagons && collections.length > 1) {
    throw new InvalidArguments('--hexagons takes one collection: each has hexagons of its own.');
  }
  if (withClient && (values.hexagons || values.datetime !== undefined || values.filter !== undefined)) {
    throw new InvalidArguments('--with-client takes the map as it is: leave out --hexagons, --datetime and --filter.');
  }
}

function checkCopy(format: string, values: Values): void {
  const strange = ['hexagons', 'with-client', 'datetime', 'filter', 'minzoom'] as const;
  const given = strange.filter((name) => values[name] !== undefined && values[name] !== false);
  if (given.length > 0) throw new InvalidArguments(`"${format}" takes no --${given.join(', --')}.`);
  if (values.brief === undefined && values.bbox === undefined) {
    throw new InvalidArguments(
      '--brief names the brief to copy, or --bbox the area: west,south,east,north in degrees.',
    );
  }
  if (values.brief !== undefined && !BRIEF_ID.test(values.brief)) {
    throw new InvalidArguments(
      `--brief is the id in the brief's address, such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427.`,
    );
  }
  if (format === 'html' && values.out !== undefined && !/\.html?$/i.test(values.out)) {
    throw new InvalidArguments(`--out is a file that browsers open, such as brief.html: it is "${values.out}".`);
  }
}

/** @throws InvalidArguments, InvalidParameter for a box that is none */
export function parseArguments(args: readonly string[]): ExportArguments {
  const { values, positionals } = parseTyped(args);
  const [first, ...others] = positionals;
  const format = FORMATS.find((known) => known === first);
  if (!format || others.length > 0) {
    throw new InvalidArguments(`The formats are ${FORMATS.join(', ')}: "${positionals.join(' ')}" is none of them.`);
  }
  const collections = (values.collections ?? '').split(',').filter(Boolean);
  if (new Set(collections).size < collections.length) {
    throw new InvalidArguments(`--collections names one twice: ${collections.join(',')}.`);
  }
  if (format === 'pmtiles') checkArchive(values, collections);
  else checkCopy(format, values);
  if (!values.out) throw new InvalidArguments('--out names what to write, such as mali.pmtiles.');
  const minzoom = toZoom('minzoom', values.minzoom) ?? 0;
  const maxzoom = toZoom('maxzoom', values.maxzoom);
  if (maxzoom !== undefined && maxzoom < minzoom) {
    throw new InvalidArguments(`--maxzoom ${maxzoom} is below --minzoom ${minzoom}.`);
  }
  const { out, hexagons, datetime, filter, brief } = values;
  const withClient = values['with-client'];
  const area = toArea(values.bbox);
  return { format, collections, out, withClient, hexagons, minzoom, maxzoom, datetime, filter, brief, area };
}

import { RECORD_FIELDS, RESERVED_NAMES } from '../../core/layer.ts';

const LONGEST = 48;

/** Columns that tables of records have beside the fields of a layer. */
const TAKEN = [...RESERVED_NAMES, 'id', ...RECORD_FIELDS.map(({ name }) => name)];

/** A text as an identifier: small letters, digits and underscores, a letter first. Empty when nothing is left of it. */
export function toIdentifier(text: string): string {
  const name = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return (/^[0-9]/.test(name) ? `n_${name}` : name).slice(0, LONGEST).replace(/_+$/, '');
}

/** The first of `name`, `name_2`, `name_3`... that is not taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n += 1) {
    const end = `_${n}`;
    free = `${name.slice(0, LONGEST - end.length)}${end}`;
  }
  return free;
}

/** Gives columns the names of fields, each one different, and none that every record has already. */
export class FieldNames {
  readonly #taken = new Set<string>(TAKEN);

  take(column: string): string {
    const wanted = toIdentifier(column) || 'field';
    const own = TAKEN.includes(wanted) ? `file_${wanted}` : wanted;
    const name = freeName(own, this.#taken);
    this.#taken.add(name);
    return name;
  }
}

/** Endings that say what a file is, not what is in it. */
const ENDINGS = /\.(?:gz|zip|geojsonl?|json|ndjson|csv|tsv|txt|shp|gpkg|kml|kmz|gpx|fgb|xlsx)$/i;

/** What a layer may be called after its file: "mli_settlements.csv.gz" gives "Mli settlements". */
export function toTitle(fileName: string): string {
  let name = fileName.split(/[\\/]/).at(-1) ?? '';
  while (ENDINGS.test(name)) name = name.replace(ENDINGS, '');
  const words = name
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
    .slice(0, 120);
  if (words === '') return 'Upload';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

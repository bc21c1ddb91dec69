import type { InferredColumn } from '../infer-schema.ts';
import type { Table } from './table.ts';

/** What columns of a table stand for, as far as their names and values tell. */
export interface Roles {
  /** Names each record. */
  readonly key?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** By which records are coloured: of few different values. */
  readonly kind?: string | undefined;
  readonly source?: string | undefined;
  readonly note?: string | undefined;
  /** Reliability of the source (A to F) and credibility of the information (1 to 6). */
  readonly reliability?: string | undefined;
  readonly credibility?: string | undefined;
  readonly regions: readonly { readonly column: string; readonly level: number }[];
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** Best first. */
const KEYS = [
  'record_id',
  'event_id',
  'event_id_cnty',
  'uuid',
  'globalid',
  'global_id',
  'id',
  'pcode',
  'code',
  'objectid',
  'fid',
];
const STARTS = ['date_start', 'start_date', 'valid_from', 'date_debut', 'debut', 'from', 'start'];
const ENDS = ['date_end', 'end_date', 'valid_to', 'date_fin', 'fin', 'to', 'end'];
const DAYS = [
  ...['event_date', 'date', 'incident_date', 'date_incident', 'date_evenement', 'date_occurred', 'visit_date'],
  ...['jour', 'day', 'timestamp', 'datetime', 'date_time', 'time', 'date_visite', 'reported_at', 'created_at'],
];
const KINDS = ['kind', 'type', 'event_type', 'category', 'categorie', 'nature', 'class', 'classe', 'status', 'statut'];
/** By these, files of administrative divisions and places say when they themselves are in force. */
const OF_THE_FILE = ['valid_on', 'validon'];

const MOST_CLASSES = 12;

/** Guesses by the names of the columns, held against what is in them. */
export function guessRoles({ columns, layer, tags }: Table): Roles {
  const inferred = new Map(layer.fields.map((column) => [column.name, column]));
  const byName = new Map(columns.map((column) => [plain(column), column] as const).reverse());
  const find = (names: readonly string[], fits: (column: InferredColumn) => boolean = () => true) =>
    names.map((name) => byName.get(name)).find((column) => column !== undefined && fits(inferred.get(column) ?? EMPTY));
  const tagged = (pattern: RegExp, fits: (column: InferredColumn) => boolean = () => true) =>
    columns.find((column, at) => pattern.test(tags[at] ?? '') && fits(inferred.get(column) ?? EMPTY));
  const isFull = ({ values, nulls }: InferredColumn) => values > 0 && nulls === 0;

  const isOfTheFile = OF_THE_FILE.some((name) => byName.has(name));
  const start = find(STARTS, isDate);
  const day =
    tagged(/^#date\+(?:occurred|start)/, isDate) ??
    tagged(/^#date(?!\+(?:end|reported|created|updated))/, isDate) ??
    start ??
    (isOfTheFile
      ? undefined
      : (find(DAYS, isDate) ??
        columns.find((column) => /(?:^|_)date(?:_|$)/.test(plain(column)) && isDate(inferred.get(column) ?? EMPTY))));
  const end = tagged(/^#date\+end/, isDate) ?? (start !== undefined && day === start ? find(ENDS, isDate) : undefined);
  return {
    key:
      tagged(
        /^#(?:event|meta|loc|id)?\+?.*\b(?:id|code)\b/,
        (column) => isFull(column) && isOwn(column, columns, tags),
      ) ?? find(KEYS, isFull),
    from: day,
    to: end,
    kind: tagged(/^#event\+(?:type|kind)|^#(?:event|cause|sector|status)\b/, isClassed) ?? find(KINDS, isClassed),
    source: tagged(/^#meta\+source|^#source/),
    note: tagged(/^#(?:description|meta\+(?:note|comment)s?)/),
    reliability: find(['reliability', 'fiabilite', 'source_reliability'], ({ values }) => values > 0),
    credibility: find(['credibility', 'credibilite', 'information_credibility'], ({ values }) => values > 0),
    regions: findRegions(columns, tags, inferred),
  };
}

const EMPTY: InferredColumn = {
  ...{ name: '', type: 'text', values: 0, nulls: 0, misfits: 0, firstMisfit: null, fromText: 0 },
  ...{ decimalCommas: 0, dateOrder: null, categories: null },
};

const isDate = ({ type, values }: InferredColumn) => values > 0 && (type === 'date' || type === 'datetime');

/** Few enough to have a colour each. */
export function isClassed({ categories }: InferredColumn): boolean {
  return categories !== null && categories.length >= 2 && categories.length <= MOST_CLASSES;
}

/** A code of a region is no key of a record. */
const isOwn = ({ name }: InferredColumn, columns: readonly string[], tags: readonly string[]) =>
  !/^#(?:adm|country|region)/.test(tags[columns.indexOf(name)] ?? '');

const LEVEL = /^adm(?:in)?_?([1-2])_?(?:(name|fr|en)|(pcode?|code))(?:_?(?:fr|en))?$/;
const PLAIN_LEVELS = new Map(Object.entries({ region: 1, admin1: 1, adm1: 1, cercle: 2, admin2: 2, adm2: 2 }));

/** For each level one column: a name goes before a P-code, since base maps know names. */
function findRegions(
  columns: readonly string[],
  tags: readonly string[],
  inferred: ReadonlyMap<string, InferredColumn>,
): Roles['regions'] {
  const found = new Map<number, { column: string; isName: boolean }>();
  const offer = (level: number, column: string, isName: boolean) => {
    const known = found.get(level);
    if ((inferred.get(column)?.values ?? 0) > 0 && (!known || (isName && !known.isName)))
      found.set(level, { column, isName });
  };
  for (const [at, column] of columns.entries()) {
    const tag = /^#adm([1-2])(\+.*\bcode\b)?/.exec(tags[at] ?? '');
    if (tag) offer(Number(tag[1]), column, tag[2] === undefined);
    const name = plain(column).replace(/pcod$/, 'pcode');
    const named = LEVEL.exec(name);
    const level = named ? Number(named[1]) : PLAIN_LEVELS.get(name);
    if (level !== undefined) offer(level, column, named === null || named[2] !== undefined);
  }
  return [...found].map(([level, { column }]) => ({ column, level })).sort((a, b) => a.level - b.level);
}

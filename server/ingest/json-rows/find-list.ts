import { isGeometryType } from '../geojson/geometry.ts';
import { ValueScanner } from '../geojson/value-scanner.ts';

/** Where the records of a JSON text are. */
export interface RowList {
  /** Key of the outermost object's member, as it stands, with its quotes; null: the outermost value is the list. */
  readonly key: Buffer | null;
}

interface Member {
  readonly key: Buffer;
  /** Of the first byte of its value, and of what follows the last; null: it goes on behind these bytes. */
  readonly at: number;
  readonly end: number | null;
}

/** Members that are taken for the records before any other. */
const NAMED = ['"data"', '"results"', '"records"', '"rows"'].map((name) => Buffer.from(name));
/** With one of these the outermost object is GeoJSON, or means to be. */
const OF_GEOJSON = ['"features"', '"geometry"', '"geometries"', '"coordinates"'].map((name) => Buffer.from(name));
const TYPE = Buffer.from('"type"');
const GEOMETRY = Buffer.from('"geometry"');

/**
 * The list of records in a JSON text that is not GeoJSON, by its first bytes (UTF-8): the outermost value, or the member
 * `data`, `results`, `records` or `rows` of the outermost object, or else its first list of objects. Null when there is none.
 */
export function findRowList(head: Buffer): RowList | null {
  const start = afterSpace(head, 0);
  if (head[start] === BRACKET) return itemsOf(head, start) === 'rows' ? { key: null } : null;
  if (head[start] !== BRACE) return null;
  const members = [...membersOf(head, start)];
  if (members.some(({ key }) => isOneOf(key, OF_GEOJSON)) || typeOf(head, members) === 'geojson') return null;
  const lists = members
    .filter(({ at }) => head[at] === BRACKET)
    .map(({ key, at }) => ({ key, named: isOneOf(key, NAMED), items: itemsOf(head, at) }));
  const found =
    lists.find(({ named, items }) => named && items === 'rows') ??
    lists.find(({ named, items }) => named && items === 'none') ??
    lists.find(({ items }) => items === 'rows');
  return found ? { key: Buffer.from(found.key) } : null;
}

const BRACE = 0x7b;
const BRACKET = 0x5b;
const END_OF_LIST = 0x5d;
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;

const isOneOf = (key: Buffer, keys: readonly Buffer[]) => keys.some((other) => other.equals(key));

function afterSpace(bytes: Buffer, from: number): number {
  let i = from;
  while (i < bytes.length && ' \t\r\n'.includes(String.fromCharCode(bytes[i] as number))) i += 1;
  return i;
}

/** What a list holds, by its first item. */
function itemsOf(head: Buffer, at: number): 'rows' | 'none' | 'others' {
  const first = afterSpace(head, at + 1);
  if (head[first] === END_OF_LIST) return 'none';
  if (head[first] !== BRACE) return 'others';
  const members = [...membersOf(head, first)];
  const type = typeOf(head, members);
  // As the reader of GeoJSON has it: a feature may lack its type.
  const isFeature = type === 'geojson' || (type === null && members.some(({ key }) => key.equals(GEOMETRY)));
  return isFeature ? 'others' : 'rows';
}

function typeOf(head: Buffer, members: readonly Member[]): 'geojson' | 'other' | null {
  const member = members.find(({ key }) => key.equals(TYPE));
  if (!member) return null;
  const name = head.toString('latin1', member.at + 1, Math.max(member.at + 1, (member.end ?? head.length) - 1));
  return ['Feature', 'FeatureCollection', 'Topology'].includes(name) || isGeometryType(name) ? 'geojson' : 'other';
}

/** The members of the object that begins at `start`, as far as the bytes go. */
function* membersOf(head: Buffer, start: number): Generator<Member> {
  // Deeper than any limit: the reader says so.
  const scanner = new ValueScanner(head.length + 1, 0);
  const endOf = (from: number) => {
    scanner.begin();
    const end = scanner.scan(head, from, 0, { line: 1, lineStart: 0 });
    return end < 0 ? null : end;
  };
  let i = start;
  do {
    const from = afterSpace(head, i + 1);
    const keyEnd = head[from] === QUOTE ? endOf(from) : null;
    if (keyEnd === null) return;
    const colon = afterSpace(head, keyEnd);
    if (head[colon] !== COLON) return;
    const at = afterSpace(head, colon + 1);
    if (at === head.length) return;
    const end = endOf(at);
    yield { key: head.subarray(from, keyEnd), at, end };
    if (end === null) return;
    i = afterSpace(head, end);
  } while (head[i] === COMMA);
}

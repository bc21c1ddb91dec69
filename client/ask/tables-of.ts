import type { Localized } from '../../server/core/layer.ts';

/** A number of a result, or a text in both languages. */
export type Cell = string | number | boolean | Localized;

/** Numbers of a result that belong together: facts by their names, and lists of objects as tables. */
export interface NumberGroup {
  /** Place in the result: `inside`, `bins[]`; empty for the whole. */
  readonly place: string;
  readonly facts: readonly (readonly [name: string, value: Cell])[];
  readonly table?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (Cell | undefined)[])[];
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLocalized = (value: unknown): value is Localized =>
  isObject(value) && typeof value.en === 'string' && typeof value.fr === 'string' && Object.keys(value).length === 2;

function toCell(value: unknown): Cell | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (isLocalized(value)) return value;
  const isList = Array.isArray(value) && value.length > 0 && value.every((each) => toCell(each) !== undefined);
  return isList && !value.some(isLocalized) ? value.join(', ') : undefined;
}

const isTable = (value: unknown): value is readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => isObject(each) && !isLocalized(each));

/** Of the objects within the objects of a table the cells, under names such as `rate.lower`. */
function flat(row: Readonly<Record<string, unknown>>, before = ''): [string, Cell][] {
  return Object.entries(row).flatMap(([name, value]): [string, Cell][] => {
    const cell = toCell(value);
    if (cell !== undefined) return [[`${before}${name}`, cell]];
    return isObject(value) ? flat(value, `${before}${name}.`) : [];
  });
}

function toTable(place: string, rows: readonly Readonly<Record<string, unknown>>[]): NumberGroup {
  const found = rows.map((row) => new Map(flat(row)));
  const columns = [...new Set(found.flatMap((row) => [...row.keys()]))];
  return { place, facts: [], table: { columns, rows: found.map((row) => columns.map((name) => row.get(name))) } };
}

/** The numbers of a result as facts and tables, in their order. Lists within tables are left to the result itself. */
export function tablesOf(numbers: Readonly<Record<string, unknown>>, place = ''): NumberGroup[] {
  const at = (name: string) => (place === '' ? name : `${place}.${name}`);
  const facts = Object.entries(numbers).flatMap(([name, value]) => {
    const cell = toCell(value);
    return cell === undefined ? [] : [[name, cell] as const];
  });
  const inner = Object.entries(numbers).flatMap(([name, value]): NumberGroup[] => {
    if (toCell(value) !== undefined) return [];
    if (isTable(value)) return [toTable(`${at(name)}[]`, value)];
    return isObject(value) ? tablesOf(value, at(name)) : [];
  });
  return [...(facts.length > 0 ? [{ place, facts }] : []), ...inner];
}

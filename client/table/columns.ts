import type { Field } from '../../server/core/layer.ts';

/** Shown apart, in the first column: how sure a record is, and who may see it. */
const APART = new Set(['confidence', 'handling']);
/** Of what every record has, the fields that are asked for most. */
const USUAL = new Set(['valid_from', 'valid_to', 'precision_m', 'source']);
/** Keys of the project's own table of facts: they say nothing to a reader. */
const INTERNAL = new Set(['facts']);

const isTranslation = ({ name }: Field, fields: readonly Field[]) =>
  name.endsWith('_fr') && fields.some((field) => field.name === name.slice(0, -3));

/** The fields that can be columns: a text that is kept in two languages is one of them. */
export function columnsOf(fields: readonly Field[], isTimed: boolean): Field[] {
  return fields.filter(
    (field) => !APART.has(field.name) && !isTranslation(field, fields) && (isTimed || !field.name.startsWith('valid_')),
  );
}

/** Those that are shown until the reader chooses. */
export function usualColumns(columns: readonly Field[]): string[] {
  const own = columns.findIndex(({ name }) => name === 'record_id');
  return columns
    .filter(({ name }, index) => USUAL.has(name) || (index < own && name !== 'summary' && !INTERNAL.has(name)))
    .map(({ name }) => name);
}

export const isNumeric = ({ type }: Field): boolean => type === 'integer' || type === 'number';
/** The server has no order for lists. */
export const isSortable = ({ type }: Field): boolean => type !== 'strings';

type Properties = Readonly<Record<string, unknown>>;

/** The order of the server for records that the page has: by one field, what is empty last either way. */
export function sorted<Row extends { readonly properties: Properties }>(
  rows: readonly Row[],
  sort: string | null,
): Row[] {
  if (sort === null) return [...rows];
  const [name, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  const isEmpty = (value: unknown) => value === null || value === undefined;
  return rows.toSorted((a, b) => {
    const [left, right] = [a.properties[name], b.properties[name]];
    if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(left)) - Number(isEmpty(right));
    return (left as string) < (right as string) ? -sign : left === right ? 0 : sign;
  });
}

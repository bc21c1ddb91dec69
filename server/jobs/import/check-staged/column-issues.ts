import type { Mapping } from '../../../core/mapping.ts';
import type { InferredColumn } from '../../../ingest/infer-schema.ts';
import type { FileReport } from '../../../ingest/report.ts';
import type { Checking } from '../../../query/checks/check.ts';
import type { FileIssue } from '../../../query/staging/finish.ts';

/** Formats whose cells are all text: that a number is one there says nothing. */
const TEXT_FORMATS = ['csv', 'hxl', 'gpx', 'kml'];

/** What the reading has told of the columns that the mapping uses, and those that are not there: once for a column. */
export function columnIssues({ cells, mapping }: Checking, report: FileReport): readonly FileIssue[] {
  const used = new Set(cells.flatMap(({ source }) => ('column' in source ? [source.column] : [])));
  const layer = report.layers[mapping.part];
  const columns = (layer?.fields ?? []).filter(({ name }) => used.has(name));
  const isTyped = !TEXT_FORMATS.includes(report.format);
  const order = mapping.dateOrder;
  const told = columns.flatMap((column) => [
    ...(isTyped ? numberText(column) : []),
    ...mixedTypes(column),
    ...datesEitherWay(column, order),
  ]);
  return layer && layer.features > 0 ? [...missingColumns(used, mapping, layer), ...told] : told;
}

/** More columns than this are not followed by the reading: nothing is said of what is not there then. */
const FOLLOWED = 2_000;

/** Of a mapping that was made for another file, or changed by hand. */
function missingColumns(
  used: ReadonlySet<string>,
  { regions, location }: Mapping,
  { columns, fields }: FileReport['layers'][number],
): readonly FileIssue[] {
  if (fields.length >= FOLLOWED) return [];
  const known = new Set([...(columns ?? []), ...fields.map(({ name }) => name)]);
  const placing = Object.entries(location ?? {}).flatMap(([key, value]) => (key === 'type' ? [] : [value]));
  const named = new Set([...used, ...regions.map(({ column }) => column), ...placing]);
  return [...named]
    .filter((name): name is string => typeof name === 'string' && !known.has(name))
    .map((name) => ({
      code: 'column-missing',
      severity: 'warning',
      pointer: name,
      value: null,
      detail: `The mapping takes values from the column "${name}", and the file has none of that name.`,
      done: null,
    }));
}

const ORDERS = { 'day-month': 'the day first', 'month-day': 'the month first' } as const;

/** Dates such as 03/04/2022, of which the column does not tell which number is the month. */
function datesEitherWay({ name, dateOrder }: InferredColumn, order: keyof typeof ORDERS): readonly FileIssue[] {
  if (dateOrder !== 'ambiguous' && dateOrder !== 'mixed') return [];
  const detail =
    dateOrder === 'ambiguous'
      ? 'No date of this column tells whether the day or the month comes first.'
      : 'Some dates of this column can only be read with the day first, and some only with the month first.';
  const severity = dateOrder === 'mixed' ? ('warning' as const) : ('note' as const);
  return [{ code: 'date-order', severity, pointer: name, value: null, detail, done: `read with ${ORDERS[order]}` }];
}

function numberText({ name, type, fromText, values }: InferredColumn): readonly FileIssue[] {
  if ((type !== 'integer' && type !== 'number') || fromText === 0) return [];
  return [
    {
      code: 'number-text',
      severity: 'note',
      pointer: name,
      value: `${fromText} of ${values}`,
      detail: 'Numbers of this column are written as text in the file.',
      done: 'read as numbers',
    },
  ];
}

function mixedTypes({ name, type, misfits, values, firstMisfit }: InferredColumn): readonly FileIssue[] {
  if (misfits === 0 || type === 'text' || type === 'enumeration') return [];
  return [
    {
      code: 'mixed-types',
      severity: 'note',
      pointer: name,
      value: firstMisfit?.value ?? null,
      detail: `Most values of this column are of one type (${type}), and ${misfits} of ${values} are not.`,
      done: null,
    },
  ];
}

import type { Content } from './content.ts';
import { type ByClass, median, type Row } from './figures.ts';
import { ZOOM_CLASSES } from './tile-list.ts';

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Columns as wide as their widest cell, numbers to the right. */
export function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}

const sumOf = (record: Readonly<Record<string, number>>) =>
  Object.values(record).reduce((sum, value) => sum + value, 0);

/** Medians of the rounds beside what the tiles hold. */
export function ratesTable(rows: readonly Row[], contents: readonly Content[]): string {
  const head = [
    'contender',
    'zooms',
    'per s',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'sent B',
    'plain B',
    'features',
    'records',
    'CPU s/1000',
    'of PostgreSQL',
  ];
  const names = [...new Set(rows.map(({ contender }) => contender))];
  const body = ZOOM_CLASSES.flatMap((zooms) =>
    names.map((name) => {
      const own = rows.filter((row) => row.contender === name && row.zooms === zooms);
      const content = contents.find((one) => one.contender === name && one.zooms === zooms);
      const figures = [
        (row: Row) => row.perSecond,
        (row: Row) => row.p50,
        (row: Row) => row.p95,
        (row: Row) => row.p99,
      ].map((figure) => round(median(own.map(figure))));
      const cpu = [(row: Row) => row.cpuSecondsPer1000.own, (row: Row) => row.cpuSecondsPer1000.postgres].map(
        (figure) => round(median(own.map(figure))),
      );
      const held = content
        ? [content.sentBytes, content.bytes, sumOf(content.features), sumOf(content.matched)].map(String)
        : ['', '', '', ''];
      return [name, zooms, ...figures, ...held, ...cpu];
    }),
  );
  return toTable([head, ...body]);
}

export function ratiosTable(ratios: Readonly<Record<string, ByClass>>): string {
  const cell = (value: number | null) => (value === null ? '-' : round(value));
  const body = Object.entries(ratios).map(([name, byClass]) => [
    name,
    '',
    ...ZOOM_CLASSES.map((zooms) => cell(byClass[zooms])),
  ]);
  return toTable([['ratio', '', ...ZOOM_CLASSES], ...body]);
}

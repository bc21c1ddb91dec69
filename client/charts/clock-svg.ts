import { type Span, toDay, toNumber } from '../clock/calendar.ts';
import { type Histogram, tallestOf } from '../clock/histogram.ts';
import type { CsvValue } from './to-csv.ts';
import type { TokenColors } from './token-colors.ts';

export interface ClockWords {
  readonly title: string;
  readonly recorded: string;
  readonly modelled: string;
  readonly inForce: string;
  /** A number as the reader's language writes it. */
  readonly number: (value: number) => string;
}

/** Pixels. */
const [LEFT, RIGHT, TOP, BARS, STRIP, FOOT] = [40, 12, 30, 120, 6, 40];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, attributes: Readonly<Record<string, string | number>>, content = '') => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
};

const rounded = (value: number) => Math.round(value * 100) / 100;

/**
 * What is in view by time, as a drawing that stands alone: recorded events as filled bars, modelled ones above them pale with
 * an outline, what is in force as a strip below. `window`: the days that the clock shows, both included. `width`: pixels.
 */
export function clockSvg(
  { edges, documented, modelled, inForce, ...found }: Histogram,
  window: Span,
  words: ClockWords,
  width: number,
  colors: TokenColors,
): string {
  const height = TOP + BARS + STRIP + FOOT;
  const [first, end] = [edges[0] as number, edges.at(-1) as number];
  const x = (day: number) =>
    rounded(LEFT + ((Math.max(first, Math.min(end, day)) - first) / (end - first)) * (width - LEFT - RIGHT));
  const tallest = tallestOf({ edges, documented, modelled, inForce, ...found });
  const foot = TOP + BARS;
  const y = (count: number) => rounded(foot - (count / tallest) * BARS);
  const text = (content: string, attributes: Readonly<Record<string, string | number>>) =>
    element(
      'text',
      { 'font-family': 'Noto Sans, sans-serif', 'font-size': 11, fill: colors.quiet, ...attributes },
      escaped(content),
    );
  const [from, to] = [x(toNumber(window.from)), x(toNumber(window.to) + 1)];
  const bars = documented.flatMap((count, at) => {
    const [left, right] = [x(edges[at] as number), x(edges[at + 1] as number)];
    const across = { x: left, width: rounded(Math.max(0.5, right - left - 0.6)) };
    const above = count + (modelled[at] as number);
    return [
      ...(count > 0
        ? [element('rect', { ...across, y: y(count), height: rounded(foot - y(count)), fill: colors.accent })]
        : []),
      ...(above > count
        ? [
            element('rect', {
              ...{ ...across, y: y(above), height: rounded(y(count) - y(above)), fill: colors.warn },
              ...{ 'fill-opacity': 0.2, stroke: colors.warn, 'stroke-width': 0.6, 'stroke-opacity': 0.75 },
            }),
          ]
        : []),
    ];
  });
  const most = Math.max(1, ...inForce);
  const strip = inForce.flatMap((count, at) => {
    const [left, right] = [x(edges[at] as number), x(edges[at + 1] as number)];
    const box = { x: left, y: foot + 2, width: rounded(right - left), height: STRIP };
    return count === 0
      ? []
      : [element('rect', { ...box, fill: colors.quiet, 'fill-opacity': rounded(0.2 + (0.8 * count) / most) })];
  });
  const [firstYear, lastYear] = [first, end].map((day) => Number(toDay(day).slice(0, 4))) as [number, number];
  const every = Math.max(1, Math.ceil(((lastYear - firstYear + 1) * 44) / (width - LEFT - RIGHT)));
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at)
    .filter((year) => (year - firstYear) % every === 0 && toNumber(`${year}-01-01`) >= first)
    // The last may have no room for its name.
    .filter((year) => x(toNumber(`${year}-01-01`)) < width - RIGHT - 28)
    .map((year) => text(String(year), { x: x(toNumber(`${year}-01-01`)), y: foot + STRIP + 16 }));
  const key = [
    ...(documented.some(Boolean) ? [[words.recorded, colors.accent, 1] as const] : []),
    ...(modelled.some(Boolean) ? [[words.modelled, colors.warn, 0.3] as const] : []),
    ...(inForce.some(Boolean) ? [[words.inForce, colors.quiet, 0.7] as const] : []),
  ].map(([label, fill, opacity], at) => {
    const left = LEFT + at * 150;
    return (
      element('rect', { x: left, y: height - 12, width: 10, height: 8, fill, 'fill-opacity': opacity }) +
      text(label, { x: left + 15, y: height - 4 })
    );
  });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    [
      element('rect', { width, height, fill: colors.paper }),
      text(words.title, { x: LEFT, y: 18, 'font-size': 13, 'font-weight': 600, fill: colors.ink }),
      element('rect', { x: from, y: TOP, width: rounded(Math.max(1, to - from)), height: BARS, fill: colors.soft }),
      element('path', {
        d: `M${LEFT} ${foot + 0.5}H${width - RIGHT}M${LEFT} ${TOP}H${width - RIGHT}`,
        stroke: colors.rule,
      }),
      text(words.number(tallest), { x: LEFT - 6, y: TOP + 4, 'text-anchor': 'end' }),
      text('0', { x: LEFT - 6, y: foot + 4, 'text-anchor': 'end' }),
      ...bars,
      element('path', { d: `M${from} ${TOP}V${foot}M${to} ${TOP}V${foot}`, stroke: colors.focus, 'stroke-width': 1.2 }),
      ...strip,
      ...years,
      ...key,
    ].join(''),
  );
}

/** The same as rows: first day, day after the last, recorded, modelled, in force at some time between. */
export function clockRows({ edges, documented, modelled, inForce }: Histogram): CsvValue[][] {
  return documented.map((count, at) => [
    ...[edges[at], edges[at + 1]].map((day) => toDay(day as number)),
    ...[count, modelled[at], inForce[at]],
  ]);
}

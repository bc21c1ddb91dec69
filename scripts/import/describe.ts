import { OUTCOMES } from '../../server/ingest/account.ts';
import type { Issue, Place } from '../../server/ingest/feature.ts';
import type { InferredColumn } from '../../server/ingest/infer-schema.ts';
import type { Location } from '../../server/ingest/locate/location.ts';
import type { FileReport, LayerReport } from '../../server/ingest/report.ts';

const number = (value: number) => value.toLocaleString('en');
const plural = (count: number, word: string) => `${number(count)} ${word}${count === 1 ? '' : 's'}`;

function describePlace({ part, line, byte, pointer }: Place): string {
  const at = line !== undefined ? `line ${number(line)}` : byte !== undefined ? `byte ${number(byte)}` : '';
  return [part, at, pointer].filter((piece) => piece !== undefined && piece !== '').join(', ');
}

function describeLocation(location: Location): string {
  return Object.entries(location)
    .filter(([key, value]) => key !== 'type' && value !== null)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}

function describeField({ name, type, values, nulls, misfits, firstMisfit }: InferredColumn): string {
  const odd = misfits > 0 ? `, ${number(misfits)} not so, first ${JSON.stringify(firstMisfit?.value)}` : '';
  return `    ${name}: ${type}, ${plural(values, 'value')}${nulls > 0 ? `, ${number(nulls)} empty` : ''}${odd}`;
}

function describeLayer(layer: LayerReport): string[] {
  const { name, features, geometries, location, crs, fields } = layer;
  const shapes = geometries.length > 0 ? geometries.join(', ') : 'no positions';
  const system = crs === null ? '' : `, ${typeof crs === 'number' ? `EPSG:${crs}` : crs.slice(0, 60)}`;
  return [
    `  layer ${name ?? '(without a name)'}: ${plural(features, 'record')}, ${shapes}${system}`,
    ...(location ? [`    placed by ${describeLocation(location)}`] : []),
    ...fields.map(describeField),
  ];
}

/** The report for a person to read, with examples of each issue. */
export function describeReport(
  fileName: string,
  { format, layers, account, isComplete }: FileReport,
  examples: ReadonlyMap<string, readonly Issue[]>,
): string {
  const outcomes = OUTCOMES.map((outcome) => `${number(account[outcome])} ${outcome}`).join(', ');
  const issues = account.issues.flatMap(({ code, severity, count }) => [
    `  ${severity} ${code}: ${number(count)}`,
    ...(examples.get(code) ?? []).map(
      ({ index, place, value, detail }) =>
        `    ${index === null ? 'the file' : `record ${number(index)}`} (${describePlace(place)})${value === null ? '' : `: ${value}`}: ${detail}`,
    ),
  ]);
  return [
    `${fileName}: ${format}`,
    ...layers.flatMap(describeLayer),
    `${plural(account.read, 'record')} read: ${outcomes}`,
    ...issues,
    ...(isComplete ? [] : ['The file could not be read to its end: what came before is counted.']),
  ].join('\n');
}

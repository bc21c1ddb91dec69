import { type Answer, execute } from '../../server/analysis/execute.ts';
import type { Process } from '../../server/analysis/process.ts';
import type { Question } from '../../server/analysis/question.ts';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { type Fault, InvalidParameter, VersionNotKept } from '../../server/core/errors.ts';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import { UNPREPARED } from '../../server/core/prepared.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import type { Database } from '../../server/db/database.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type Extent, extentQuery } from '../../server/query/extent.ts';
import { type Access, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { type VersionRow, versionQuery } from '../../server/query/versions.ts';
import { EVENTS, eventRecord } from './layers.ts';

interface AskedBy {
  /** The public, unless said otherwise. */
  readonly access?: Access;
  /** Whether who asks comes back for the answer. */
  readonly isAsynchronous?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: Question['progress'];
}

/** Asks a process a question in a database, as the catalogue is there now. What it throws is thrown. */
export async function ask(
  { run }: Pick<Database, 'run'>,
  process: Process,
  inputs: Record<string, unknown>,
  {
    access = PUBLIC_ACCESS,
    isAsynchronous = false,
    signal = new AbortController().signal,
    progress = () => undefined,
  }: AskedBy = {},
): Promise<Answer> {
  const version = async (served: PublishedLayer, generation: number): Promise<PublishedLayer> => {
    const [row] = await run<VersionRow>(versionQuery(served.id, generation));
    if (!row?.table_name) throw new VersionNotKept(`Version ${generation} of "${served.id}" is not kept.`);
    const { table_name: table, count } = row;
    const layer = {
      ...LayerSchema.parse(row.definition),
      ...{ generation, table, count, bbox: null, interval: null, prepared: UNPREPARED },
      generationInService: served.generation,
    };
    const [extent] = await run<Extent>(extentQuery(layer));
    if (!extent?.count) return layer;
    const [west, south, east, north] = extent.bbox;
    const interval = layer.time === null ? null : { from: extent.from, to: extent.to };
    return { ...layer, bbox: { west, south, east, north }, interval };
  };
  return execute(process, inputs, {
    ...{ version, run, access, isAsynchronous, signal, progress },
    catalogue: await readCatalogue(run),
    software: 'test',
  });
}

/** What is wrong with a question. Fails when nothing is, or when it fails otherwise. */
export async function faultsOf(asked: Promise<unknown>): Promise<readonly Fault[]> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof InvalidParameter) return error.faults;
    throw error;
  }
  throw new Error('it was not refused');
}

const STYLES = {
  point: { type: 'circle', color: '#112233' },
  line: { type: 'line', color: '#112233' },
  polygon: { type: 'fill', color: '#112233' },
} as const;

/** A layer for a test: `fields` as `[name, type]`; the role and what else matters there replace the ordinary. */
export function testLayer(
  id: string,
  geometry: Layer['geometry'],
  fields: readonly (readonly [name: string, type: Layer['fields'][number]['type']])[],
  other: Partial<Omit<Layer, 'fields'>> = {},
): Layer {
  return LayerSchema.parse({
    ...EVENTS,
    ...{ id, geometry, kind: undefined, measures: [], style: STYLES[geometry] },
    fields: fields.map(([name, type]) => ({ name, type, title: { en: name, fr: name } })),
    ...other,
  });
}

/**
 * A record of such a layer: its own properties, and any of those that every record carries; else it is public, documented,
 * known to within 1 km, and valid on 2022-05-01. `record_id` is `<number>`.
 */
export function testRecord(
  id: number,
  geometry: LayerRecord['geometry'],
  properties: Record<string, unknown> = {},
): LayerRecord {
  const { kind: _kind, killed: _killed, tags: _tags, ...carried } = eventRecord(id, 0, 0).properties;
  return {
    type: 'Feature',
    id,
    geometry,
    properties: { ...carried, record_id: String(id), ...properties },
  } as LayerRecord;
}

/** Puts records into service as the next version of their layer; the number of that version. */
export async function publishRecords(
  { run, transaction }: Pick<Database, 'run' | 'transaction'>,
  layer: Layer,
  records: readonly LayerRecord[],
): Promise<number> {
  const served = (await readCatalogue(run)).layers.find(({ id }) => id === layer.id);
  const generation = (served?.generation ?? 0) + 1;
  await transaction((inside) => publish(inside, layer, records, { generation, seedHash: null }));
  return generation;
}

/** A square or other box with these corners, counter-clockwise. */
export function boxOf(west: number, south: number, east: number, north: number) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

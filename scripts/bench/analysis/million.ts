import { corridor } from '../../../server/analysis/corridor.ts';
import { corroborate } from '../../../server/analysis/corroborate.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { execute } from '../../../server/analysis/execute.ts';
import { exposure } from '../../../server/analysis/exposure.ts';
import type { Process } from '../../../server/analysis/process.ts';
import { proximity } from '../../../server/analysis/proximity.ts';
import { summary } from '../../../server/analysis/summary.ts';
import type { Catalogue } from '../../../server/core/catalogue.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { AREAS, INCIDENTS, WAYS } from '../layers.ts';
import { forgetPeak, peakMegabytes } from '../usage.ts';
import { questionAbout } from './corridor.ts';
import { wayThrough } from './line.ts';
import { publishSites, SITES } from './proximity.ts';

const MINES = LayerSchema.parse({ ...SITES, id: 'bench_mines', role: 'sites' });
const EVENTS = `layer."${INCIDENTS.id}_1"`;
const LINE = `ST_SetSRID(ST_GeomFromGeoJSON('${JSON.stringify(wayThrough(0))}'), 4326)`;
const BOX = [-6, 13, -2, 16] as const;

/** PostGIS takes legs for great circles of a sphere, some centimetres beside the geodesic: a record at the edge may fall out. */
const EDGE = 2;

interface Question {
  readonly name: string;
  readonly process: Process;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Figures of its numbers, and a statement whose one row has the same under the same names, found otherwise. */
  readonly figures: (numbers: never) => Readonly<Record<string, unknown>>;
  readonly sql: string;
  /** Records by which a figure may be beside it. */
  readonly mayDiffer?: number;
}

type Tally = { readonly records: number; readonly sums: { readonly killed: number } };
const total = (tallies: readonly (Tally | undefined)[]) => ({
  records: tallies.reduce((sum, each) => sum + (each?.records ?? 0), 0),
  killed: tallies.reduce((sum, each) => sum + (each?.sums.killed ?? 0), 0),
});

const QUESTIONS: readonly Question[] = [
  {
    name: 'corridor, 1,500 km',
    process: corridor,
    inputs: questionAbout(0),
    figures: ({ events }: { events: { count: number; sums: { killed: number } } }) => ({
      count: events.count,
      killed: events.sums.killed,
    }),
    sql: `SELECT count(*), sum(killed) AS killed FROM ${EVENTS} WHERE precision_m <= 25000
      AND valid && tstzrange('2014-01-01Z', '2024-01-01Z') AND geom && ST_Expand(${LINE}, 0.3)
      AND ST_DWithin(geom::geography, ${LINE}::geography, 25000)`,
    mayDiffer: EDGE,
  },
  {
    name: 'summary, hexagons by month',
    process: summary,
    inputs: { layers: INCIDENTS.id, hexagons: 3, step: 'month' },
    figures: (numbers: { units: { values: Tally[] }[]; outside: Tally[]; total: { series: number[] }[] }) => ({
      ...total([...numbers.units.map(({ values }) => values[0]), numbers.outside[0]]),
      series: numbers.total[0]?.series.filter((events) => events > 0).join(' '),
    }),
    sql: `SELECT count(*) AS records, sum(killed) AS killed, (SELECT string_agg(events::text, ' ' ORDER BY month)
        FROM (SELECT date_trunc('month', lower(valid), 'UTC') AS month, count(*) AS events FROM ${EVENTS} GROUP BY month) AS each) AS series
      FROM ${EVENTS}`,
  },
  {
    name: 'summary, a box',
    process: summary,
    inputs: { layers: INCIDENTS.id, areas: [{ bbox: BOX }], filter: "kind = 'ied'" },
    figures: ({ units }: { units: { values: Tally[] }[] }) => total([units[0]?.values[0]]),
    sql: `SELECT count(*) AS records, sum(killed) AS killed FROM ${EVENTS} WHERE kind = 'ied'
      AND ST_X(geom) BETWEEN ${BOX[0]} AND ${BOX[2]} AND ST_Y(geom) BETWEEN ${BOX[1]} AND ${BOX[3]}`,
  },
  {
    name: 'proximity, within 1 km',
    process: proximity,
    inputs: { from: SITES.id, to: INCIDENTS.id, within_km: 1 },
    figures: ({ pairs, to }: { pairs: number; to: { records: number } }) => ({ pairs, records: to.records }),
    sql: `SELECT count(*) AS pairs, (SELECT count(*) FROM ${EVENTS}) AS records FROM layer."${SITES.id}_1" AS site
      JOIN ${EVENTS} AS event ON event.geom && ST_Expand(site.geom, 0.02)
      AND ST_Distance(site.geom::geography, event.geom::geography) <= 1000`,
  },
  {
    name: 'exposure of 500 sites',
    process: exposure,
    inputs: { of: MINES.id, events: INCIDENTS.id, control: AREAS.id, corridors: WAYS.id, within_km: 25, mix: true },
    figures: ({ rows, attacks }: { rows: number; attacks: { counted: number; killed: number } }) => ({
      ...{ rows, counted: attacks.counted, killed: attacks.killed },
    }),
    sql: `SELECT (SELECT count(*) FROM layer."${MINES.id}_1") AS rows, count(*) AS counted, sum(killed) AS killed FROM ${EVENTS} AS event
      WHERE precision_m <= 25000 AND EXISTS (SELECT FROM layer."${MINES.id}_1" AS mine
        WHERE mine.geom && ST_Expand(event.geom, 0.3) AND ST_Distance(mine.geom::geography, event.geom::geography) <= 25000)`,
  },
  {
    name: 'corroborate, all of them',
    process: corroborate,
    inputs: { events: INCIDENTS.id, same_source: true },
    figures: ({ reports }: { reports: number }) => ({ reports }),
    sql: `SELECT count(*) AS reports FROM ${EVENTS}`,
  },
  {
    name: 'corroborate, three days',
    process: corroborate,
    inputs: { events: INCIDENTS.id, same_source: true, datetime: '2020-03-01/2020-03-03' },
    figures: ({ reports }: { reports: number }) => ({ reports }),
    sql: `SELECT count(*) AS reports FROM ${EVENTS} WHERE valid && tstzrange('2020-03-01Z', '2020-03-04Z')`,
  },
];

/** Of one question: how long it took, the most memory that this process had meanwhile, and what was found, as by SQL. */
interface Asked {
  readonly name: string;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly figures: Readonly<Record<string, unknown>>;
}

interface Refused {
  readonly name: string;
  readonly milliseconds: number;
  readonly refused: string;
}

const read = (value: unknown) => (typeof value === 'string' && value.length < 20 ? Number(value) : value);

function check({ name, mayDiffer = 0 }: Question, said: object, counted: object | undefined): void {
  for (const [figure, value] of Object.entries(said)) {
    const other = read(counted?.[figure as keyof typeof counted]);
    const isSame =
      typeof value === 'number' && typeof other === 'number' ? Math.abs(value - other) <= mayDiffer : value === other;
    if (!isSame) throw new Error(`${name}: ${figure} is ${value}, by SQL ${other}.`);
  }
}

async function ask(database: Database, catalogue: Catalogue, question: Question): Promise<Asked | Refused> {
  const { name, process: asked, inputs } = question;
  forgetPeak();
  const began = performance.now();
  try {
    const { result } = await execute(asked, inputs, {
      ...{ catalogue, run: database.runAnalysis, access: PUBLIC_ACCESS, isAsynchronous: true, software: 'bench' },
      version: async (layer) => layer,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    const milliseconds = Math.round(performance.now() - began);
    const figures = question.figures(result.numbers as never);
    check(question, figures, (await database.run<object>({ text: question.sql, values: [] }))[0]);
    return { name, milliseconds, peakMegabytes: Math.round(peakMegabytes(process.pid)), figures };
  } catch (error) {
    if (!(error instanceof AnalysisTooLarge)) throw error;
    return { name, milliseconds: Math.round(performance.now() - began), refused: error.message };
  }
}

/** Asks about all incidents that are published (a million) what takes events: what is said is what SQL counts, or it throws. */
export async function askAboutAll(
  database: Database,
  say: (line: string) => void,
): Promise<readonly (Asked | Refused)[]> {
  await publishSites(database);
  await publishSites(database, MINES, 2_000);
  const catalogue = await readCatalogue(database.run);
  const answers: (Asked | Refused)[] = [];
  for (const question of QUESTIONS) {
    const answer = await ask(database, catalogue, question);
    answers.push(answer);
    say(JSON.stringify(answer).slice(0, 300));
  }
  return answers;
}

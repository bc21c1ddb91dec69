/**
 * How fast pages of 1,000 items are, beside the same pages made by `json_build_object` in the database and read raw through
 * `pg`, on the same machine in the same run; and whether a walk through all items sees each once. `docs/bench.md` has the rest:
 *
 *   npm run bench:items
 *   npm run bench:items -- --points 20000 --pages 10 --rounds 1 --seconds 1
 */
import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CONCURRENCY } from './bench/contender.ts';
import { startAzalai } from './bench/contenders/azalai.ts';
import { type Load, median } from './bench/figures.ts';
import { drawQuestions, type Question, type QuestionClass } from './bench/items/questions.ts';
import { openRaw, SHAPES, type Shape } from './bench/items/raw.ts';
import { openReader, type Reader } from './bench/items/reader.ts';
import { walk } from './bench/items/walk.ts';
import { fetchOnce } from './bench/load/http.ts';
import { runPasses } from './bench/load/passes.ts';
import { describeMachine } from './bench/machine.ts';
import { toTable } from './bench/report.ts';
import { openStage } from './bench/stage.ts';
import { cpuSeconds } from './bench/usage.ts';
import { writeResult } from './bench/write-result.ts';

const SETUP = path.resolve(import.meta.dirname, 'setup.mjs');
const CLASSES: readonly QuestionClass[] = ['points', 'filtered', 'polygons'];

interface Row extends Load {
  readonly contender: string;
  readonly questions: QuestionClass;
  readonly round: number;
  /** Processor time for a page: PostgreSQL's, the server's, and of this process, which asks. Milliseconds. */
  readonly cpu: { readonly postgres: number; readonly server: number; readonly client: number };
}

const say = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500000' },
    pages: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    workers: { type: 'string', default: '2' },
    out: { type: 'string', default: 'bench-results' },
  },
});
const [points, pages, rounds, seconds, workers] = [
  values.points,
  values.pages,
  values.rounds,
  values.seconds,
  values.workers,
].map(Number) as [number, number, number, number, number];

const built = spawnSync(process.execPath, [SETUP, 'build'], { stdio: 'inherit' });
if (built.status !== 0) throw new Error('The server could not be built.');
const stage = await openStage(points, say);
try {
  const questions = drawQuestions(points, pages);
  const azalai = await startAzalai(stage, workers, 64);
  const raw = await openRaw(stage.cluster.connection);
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const ask = (question: Question, encodings: string) =>
    fetchOnce(`${azalai.url}${question.path}`, { agent, encodings });
  const readers = Array.from({ length: CONCURRENCY }, () => openReader(azalai.url));
  const contenders: Readonly<Record<string, (question: Question, lane: number) => Promise<unknown>>> = {
    azalai: (question, lane) => (readers[lane] as Reader).get(question.path),
    'azalai gzip': (question) => ask(question, 'gzip'),
    ...Object.fromEntries(
      (Object.keys(SHAPES) as Shape[]).map((shape) => [
        shape,
        (question: Question, lane: number) => raw.fetch(question, shape, lane),
      ]),
    ),
  };

  // Both sides must say the same of the same records, or the figures mean nothing.
  const contents = [];
  for (const name of CLASSES) {
    for (const question of questions[name].slice(0, 10)) {
      const { body } = await ask(question, 'identity');
      const own = (JSON.parse(body.toString()) as { features: unknown[] }).features;
      const text = await raw.fetch(question, 'raw rows', 0);
      if (JSON.stringify(own) !== JSON.stringify(JSON.parse(`[${text}]`)))
        throw new Error(`${question.path} differs from SQL.`);
      contents.push({ questions: name, features: own.length, bytes: body.length, rawBytes: text.length });
    }
  }

  const spent = () => ({
    postgres: cpuSeconds([stage.cluster.pid]),
    server: cpuSeconds([azalai.pid]),
    client: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  });
  // Whoever begins cold would measure his compiler.
  for (const name of CLASSES) for (const one of Object.values(contenders)) await runPasses(questions[name], 1, one);
  say('measuring');
  const rows: Row[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const name of CLASSES) {
      for (const [contender, one] of Object.entries(contenders)) {
        const before = spent();
        const load = await runPasses(questions[name], seconds, one);
        const after = spent();
        const each = (who: keyof typeof after) => (1000 * (after[who] - before[who])) / load.requests;
        const cpu = { postgres: each('postgres'), server: each('server'), client: each('client') };
        rows.push({ contender, questions: name, round, ...load, cpu });
        say(`round ${round}, ${name}: ${contender}: ${load.perSecond.toFixed(1)} pages a second`);
      }
    }
  }
  const rate = (contender: string, name: QuestionClass) =>
    median(
      rows.filter((row) => row.contender === contender && row.questions === name).map(({ perSecond }) => perSecond),
    );
  const ratios = Object.fromEntries(
    CLASSES.map((name) => [
      name,
      rate('azalai', name) / Math.max(...Object.keys(SHAPES).map((shape) => rate(shape, name))),
    ]),
  );
  say('walking through all items');
  const walked = await walk(azalai.url, stage.database, 1_000, agent);
  agent.destroy();
  for (const reader of readers) reader.close();
  await raw.close();
  await azalai.stop();

  const cell = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const figures = ['perSecond', 'p50', 'p95'] as const;
  const lines = CLASSES.flatMap((name) =>
    Object.keys(contenders).map((contender) => {
      const own = rows.filter((row) => row.contender === contender && row.questions === name);
      const cpu = median(own.map((row) => row.cpu.postgres + row.cpu.server + row.cpu.client));
      return [contender, name, ...figures.map((figure) => cell(median(own.map((row) => row[figure])))), cell(cpu)];
    }),
  );
  console.log(toTable([['contender', 'pages', 'per s', 'p50 ms', 'p95 ms', 'CPU ms'], ...lines]));
  console.log('times as fast as the faster of the raw ones:', ratios);
  console.log('walk:', walked);
  if (walked.seen !== points || walked.twice > 0) throw new Error('The walk did not see every item once.');
  const machine = await describeMachine(stage.database.run);
  const result = { ratios, walk: walked, machine, arguments: values, contents, rows };
  await writeResult(values.out, 'items.json', result, say);
} finally {
  await stage.close();
}

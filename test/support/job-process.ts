/** A process that takes a job and works on it until it is killed: `node job-process.ts CONNECTION`. It prints the job's id. */
import { openDatabase } from '../../server/db/database.ts';
import { openAnalysisJobs } from '../../server/jobs/analysis/jobs.ts';
import { sql, toQuery } from '../../server/query/sql.ts';

const database = openDatabase(JSON.parse(process.argv[2] as string), () => undefined);
const jobs = openAnalysisJobs({
  run: database.run,
  keepDays: 7,
  toProblem: () => ({ title: 'Failed', status: 500, detail: 'It failed.' }),
  onError: () => undefined,
});
const job = await jobs.submit({ process: 'slow', response: 'raw', access: 'public' }, async (signal, progress) => {
  progress(0.5, { en: 'Half', fr: 'La moitié' });
  await database.runAnalysis(toQuery(sql`SELECT pg_advisory_lock(730), pg_sleep(600)`), signal);
  return { body: Buffer.from('{}'), madeOf: {} };
});
console.log(job.id);

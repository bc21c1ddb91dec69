/**
 * Says what a file holds and what is wrong with it, record by record; when asked, checks its records in the database of the
 * server and publishes them, whether the server runs or not. The file is not changed:
 *
 *   npm run import -- settlements.csv
 *   npm run import -- boundaries.zip --issues issues.ndjson --json
 *   npm run import -- settlements.csv --publish --collection settlements
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { InvalidConfig, importLimits, parseConfig } from '../server/config.ts';
import { AzalaiError } from '../server/core/errors.ts';
import type { Issue } from '../server/ingest/feature.ts';
import { reportOn } from '../server/ingest/report.ts';
import { openFile } from '../server/jobs/import/open-file.ts';
import { type ImportArguments, InvalidArguments, parseArguments } from './import/arguments.ts';
import { describeReport } from './import/describe.ts';
import { bringFile } from './import/through-database.ts';

/** Examples of each issue that are shown. */
const EXAMPLES = 3;

async function bring(args: ImportArguments): Promise<void> {
  const brought = await bringFile(args);
  const { report, error, published } = brought;
  if (report) console.log(describeReport(path.basename(args.file), report, new Map()));
  if (error) console.error(error.detail);
  if (published) console.log(`Published as ${published.collection}, generation ${published.generation}.`);
  if (args.json) console.log(JSON.stringify(brought));
  if (error || report?.isComplete === false || (args.publish && !published)) process.exitCode = 1;
}

async function main(): Promise<void> {
  const args = parseArguments(process.argv.slice(2));
  if (args.check) return bring(args);
  const file = await openFile(args.file);
  const examples = new Map<string, Issue[]>();
  const all = args.issues === undefined ? null : createWriteStream(args.issues);
  const failed = all && once(all, 'error').then(([error]) => Promise.reject(error));
  failed?.catch(() => undefined);
  try {
    const reading = reportOn(
      file,
      importLimits(parseConfig(process.env)),
      { today: new Date().toISOString().slice(0, 10) },
      {
        onIssue: (issue) => {
          all?.write(`${JSON.stringify(issue)}\n`);
          const shown = examples.get(issue.code) ?? [];
          if (shown.length < EXAMPLES) examples.set(issue.code, [...shown, issue]);
        },
      },
    );
    const report = await (failed ? Promise.race([reading, failed]) : reading);
    if (!report) return;
    console.log(describeReport(file.name, report, examples));
    if (args.json) console.log(JSON.stringify(report));
    if (!report.isComplete) process.exitCode = 1;
  } finally {
    all?.end();
    await file.close();
  }
}

main().catch((error: unknown) => {
  // A cause that is named needs no stack: ours, and a file that is not there or may not be read.
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const isNamed =
    error instanceof InvalidArguments ||
    error instanceof InvalidConfig ||
    error instanceof AzalaiError ||
    (error instanceof Error && 'path' in error);
  if (isMissing && 'path' in error) console.error(`There is no file ${error.path}.`);
  else console.error(isNamed ? (error as Error).message : error);
  process.exitCode = 1;
});

import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import type { Account } from '../../server/ingest/account.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import { runImport } from '../../server/jobs/import/run-import.ts';
import { BROKEN_FILES, type BrokenFile } from '../support/broken-files.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { expectGolden } from '../support/golden.ts';
import { inMemory } from '../support/readings.ts';

/** Of each code; the account has how many there are. */
const SHOWN = 3;

interface Row {
  readonly state: string;
  readonly report: { readonly account: Account } | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

interface IssueRow {
  readonly idx: number | null;
  readonly code: string;
  readonly severity: string;
  readonly part: string | null;
  readonly line: number | null;
  readonly byte: number | null;
  readonly pointer: string | null;
  readonly value: string | null;
  readonly detail: string;
  readonly done: string | null;
}

describe('files with one thing wrong', () => {
  let database: TestDatabase;
  before(async function () {
    this.timeout(60_000);
    database = await seededDatabase();
  });
  after(() => database.close());

  const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

  function describeIssue({ idx, severity, part, line, byte, pointer, value, detail, done }: IssueRow): string {
    const place = [
      idx === null ? 'the file' : `record ${idx}`,
      part && `in ${part}`,
      line !== null && `line ${line}`,
      byte !== null && `byte ${byte}`,
      pointer,
    ].filter(Boolean);
    const stands = value === null ? '' : ` <${value}>`;
    return `    ${severity}, ${place.join(', ')}${stands}: ${detail}${done ? ` [${done}]` : ''}`;
  }

  async function reportOf({ name, content }: BrokenFile, index: number): Promise<string> {
    const upload = idOf(index);
    await database.run({
      text: `INSERT INTO azalai.upload (id, name, bytes, state) VALUES ($1, $2, $3, 'reading')`,
      values: [upload, name, content.length],
    });
    await runImport({
      upload,
      database: { run: database.run, transaction: database.transaction, copy: openCopies(database.connection) },
      file: inMemory(content, name),
      limits: LIMITS,
      today: '2026-11-21',
      catalogue: () => readCatalogue(database.run),
    });
    const [row] = await database.run<Row>({
      text: 'SELECT state, report, error FROM azalai.upload WHERE id = $1',
      values: [upload],
    });
    if (row?.state !== 'ready' || !row.report)
      return `${name}: ${row?.state}, ${row?.error?.code}\n    ${row?.error?.detail}`;
    const { account } = row.report;
    const { read, unchanged, repaired, unlocated, quarantined, skipped } = account;
    expect(unchanged + repaired + unlocated + quarantined + skipped, name).to.equal(read);
    const issues = await database.run<IssueRow>({
      text: `SELECT idx, code, severity, part, line, byte, pointer, value, detail, done
        FROM staging."${upload.replaceAll('-', '')}_issue" ORDER BY idx NULLS FIRST, code, pointer, detail`,
      values: [],
    });
    const lines = account.issues.flatMap(({ code, count }) => [
      `  ${code} (${count})`,
      ...issues
        .filter((issue) => issue.code === code)
        .slice(0, SHOWN)
        .map(describeIssue),
    ]);
    const outcomes = `${read} read = ${unchanged} unchanged + ${repaired} repaired + ${unlocated} unlocated + ${quarantined} quarantined + ${skipped} skipped`;
    return [`${name}: ${outcomes}`, ...lines].join('\n');
  }

  it('are at least sixty, and each has a report of its own that adds up', async () => {
    expect(BROKEN_FILES.length).to.be.at.least(60);
    expect(new Set(BROKEN_FILES.map(({ name }) => name)).size).to.equal(BROKEN_FILES.length);
    const reports: string[] = [];
    for (const [index, file] of BROKEN_FILES.entries()) reports.push(await reportOf(file, index + 1));
    expectGolden('broken-files.txt', `${reports.join('\n\n')}\n`);
  }).timeout(120_000);
});

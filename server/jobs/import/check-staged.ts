import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Layer, recordFields } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import type { Account } from '../../ingest/account.ts';
import type { FileReport } from '../../ingest/report.ts';
import type { Checking, SetCheck } from '../../query/checks/check.ts';
import { RECORD_CHECKS, SET_CHECKS } from '../../query/checks.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { accountQuery, issueCountsQuery } from '../../query/staging/account.ts';
import { toCells } from '../../query/staging/cells.ts';
import { recordFaults } from '../../query/staging/faults.ts';
import { dropTyped, fillTyped } from '../../query/staging/fill.ts';
import { finishTyped, forgetIssues, indexTyped, insertFileIssues, isTouched } from '../../query/staging/finish.ts';
import { columnIssues } from './check-staged/column-issues.ts';
import { findSystem } from './check-staged/find-system.ts';

interface ToCheck {
  /** Id of the upload. */
  readonly upload: string;
  readonly mapping: Mapping;
  /** In which the records are to be: the target's. */
  readonly layer: Layer;
  readonly report: FileReport;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Boundaries to hold the names of regions against; null: there are none. */
  readonly regions: PublishedLayer | null;
  /** The same for levels of which other boundaries are meant. */
  readonly regionsOf?: ReadonlyMap<number, PublishedLayer>;
  /** The version in service of the target; absent or null: it is a new layer. */
  readonly served?: PublishedLayer | null;
}

/** `done` of `total` steps; `step` names the one that is over. */
type OnProgress = (done: number, total: number, step: string) => void;

const TOTAL = SET_CHECKS.length + 3;

/** Records that were filled in, each checked by itself. */
export interface Filled {
  readonly checking: Checking;
  /** The layer of the file that they are of; null: it has no other. */
  readonly part: number | null;
}

/**
 * Makes of the records as read those of the layer, checks and repairs each by itself. May be run again, with another mapping:
 * what an earlier run has made is replaced. No record leaves the database.
 */
export async function fillStaged(
  run: Run,
  { upload, mapping, layer, report, today, regions, regionsOf = new Map(), served = null }: ToCheck,
  onProgress: OnProgress = () => undefined,
): Promise<Filled> {
  const cells = toCells(mapping, recordFields(layer));
  const checking: Checking = { staging: { upload }, mapping, layer, today, regions, regionsOf, served, cells };
  const hasParts = report.layers.length > 1;
  const part = hasParts ? (report.layers[mapping.part]?.name ?? null) : null;

  await run(forgetIssues(checking));
  const { system, issues } = await findSystem(run, checking, report);
  await run(insertFileIssues(checking, part, [...issues, ...columnIssues(checking, report)]));
  const rules = RECORD_CHECKS.flatMap((check) => check(checking));
  await run(dropTyped(checking));
  await run(fillTyped(checking, rules, system));
  onProgress(1, TOTAL, 'fill');
  for (const statement of indexTyped(checking)) await run(statement);
  await run(recordFaults(checking, rules, part));
  onProgress(2, TOTAL, 'index');
  return { checking, part: hasParts ? mapping.part : null };
}

/**
 * Checks the filled records against one another, repairs them, and gives the account.
 * @param run of a transaction, where `beside` is given
 * @param beside a transaction on another connection, which sees the filled records: what can be prepared is, on another core
 */
export async function compareStaged(
  run: Run,
  { checking, part }: Filled,
  onProgress: OnProgress = () => undefined,
  beside?: Transaction,
): Promise<Account> {
  let done = 2;
  const step = (name: string) => {
    done += 1;
    onProgress(done, TOTAL, name);
  };
  const prepare = async (own: Run, ahead: SetCheck) => {
    for (const statement of ahead(checking)) await own(statement);
  };
  const aheads = SET_CHECKS.flatMap(({ ahead }) => (ahead && beside ? [ahead] : []));
  const prepared = beside?.(async (own) => {
    for (const ahead of aheads) await prepare(own, ahead);
  });
  // It is waited for below; should a check fail before, it is no second failure.
  prepared?.catch(() => undefined);
  try {
    for (const { step: name, check, ahead } of SET_CHECKS) {
      if (ahead) {
        await prepared;
        const [row] = prepared ? await run<{ changed: boolean }>(isTouched(checking)) : [{ changed: true }];
        if (row?.changed) await prepare(run, ahead);
      }
      for (const statement of check(checking)) await run(statement);
      step(name);
    }
  } finally {
    // Nothing works on the tables any more when this is over.
    await prepared?.catch(() => undefined);
  }
  await run(finishTyped(checking));
  const account = await readAccount(run, checking.staging.upload, part);
  step('account');
  return account;
}

type Outcomes = Omit<Account, 'read' | 'issues'>;

/** The account of an upload that was checked, of one layer of its file. `read` is the sum of the outcomes. */
async function readAccount(run: Run, upload: string, part: number | null): Promise<Account> {
  const [outcomes] = await run<Outcomes>(accountQuery({ upload }, part));
  const issues = await run<Account['issues'][number]>(issueCountsQuery({ upload }, part));
  const { unchanged, repaired, unlocated, quarantined, skipped } = outcomes as Outcomes;
  const read = unchanged + repaired + unlocated + quarantined + skipped;
  return { read, unchanged, repaired, unlocated, quarantined, skipped, issues };
}

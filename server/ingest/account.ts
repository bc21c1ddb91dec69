import type { Issue } from './feature.ts';

/** What became of a record. Each is in exactly one of these. */
export const OUTCOMES = ['unchanged', 'repaired', 'unlocated', 'quarantined', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The report in figures: `read` is always the sum of the outcomes. */
export interface Account extends Readonly<Record<Outcome, number>> {
  readonly read: number;
  /** How often each issue occurred, by its code, the commonest first. */
  readonly issues: readonly { readonly code: string; readonly severity: Issue['severity']; readonly count: number }[];
}

const RANK: Readonly<Record<Issue['severity'], number>> = { error: 0, warning: 1, note: 2 };

/** Keeps account of records as they come, flat in memory: one counter for each code. */
export class Accountant {
  readonly #outcomes: Record<Outcome, number> = { unchanged: 0, repaired: 0, unlocated: 0, quarantined: 0, skipped: 0 };
  readonly #issues = new Map<string, { severity: Issue['severity']; count: number }>();

  count(outcome: Outcome, records = 1): void {
    this.#outcomes[outcome] += records;
  }

  note({ code, severity }: Pick<Issue, 'code' | 'severity'>): void {
    const known = this.#issues.get(code);
    if (!known) this.#issues.set(code, { severity, count: 1 });
    else {
      known.count += 1;
      // The worst that occurred under the code.
      if (RANK[severity] < RANK[known.severity]) known.severity = severity;
    }
  }

  account(): Account {
    const read = OUTCOMES.reduce((sum, outcome) => sum + this.#outcomes[outcome], 0);
    const issues = [...this.#issues].map(([code, { severity, count }]) => ({ code, severity, count }));
    issues.sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count || a.code.localeCompare(b.code));
    return { read, ...this.#outcomes, issues };
  }
}

import type { Outcome } from './account.ts';
import type { Check, CheckContext } from './check.ts';
import { CHECKS } from './checks.ts';
import type { Issue, SourceFeature } from './feature.ts';

/** A record that has been looked at. */
export interface Examined {
  /** As it would be published, mended where that could be done. */
  readonly feature: SourceFeature;
  readonly outcome: Exclude<Outcome, 'skipped'>;
  readonly issues: readonly Issue[];
}

const VALUE_LENGTH = 120;

/** Runs the checks on a record, one after the other. */
export function examine(feature: SourceFeature, context: CheckContext, checks: readonly Check[] = CHECKS): Examined {
  let current = feature;
  const issues: Issue[] = [];
  for (const { check } of checks) {
    const { findings, mended } = check(current, context);
    current = mended ?? current;
    for (const { code, severity, detail, pointer, value } of findings) {
      const place = { ...feature.place, pointer };
      issues.push({
        code,
        severity,
        index: feature.index,
        place,
        value: value?.slice(0, VALUE_LENGTH) ?? null,
        detail,
      });
    }
  }
  return { feature: current, outcome: outcomeOf(feature, current, issues), issues };
}

/** An error keeps a record out; a warning alone leaves it unchanged. */
function outcomeOf(before: SourceFeature, after: SourceFeature, issues: readonly Issue[]): Examined['outcome'] {
  if (issues.some(({ severity }) => severity === 'error')) return 'quarantined';
  if (after.geometry === null) return 'unlocated';
  return after === before ? 'unchanged' : 'repaired';
}

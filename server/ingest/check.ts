import type { Issue, SourceFeature } from './feature.ts';

/** What a check has to say of a record: an issue without its whereabouts, which are the feature's. */
export interface Finding extends Pick<Issue, 'code' | 'severity' | 'detail'> {
  /** JSON pointer (RFC 6901) inside the feature. */
  readonly pointer: string;
  readonly value?: string;
}

/** What a check comes to: findings, and the record mended where that can be done without guessing. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly mended?: SourceFeature;
}

/** What a check knows beside the record. */
export interface CheckContext {
  /** The day that counts as today, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether coordinates are longitude and latitude. What only holds of these is looked at again when they are. */
  readonly inDegrees: boolean;
}

/**
 * One thing that can be wrong with a record: pure, and told by nothing but the record. Checks are a registry of like
 * objects (`checks.ts`), run in its order, each on what the one before has mended.
 */
export interface Check {
  readonly code: string;
  readonly check: (feature: SourceFeature, context: CheckContext) => Checked;
}

export const NOTHING_FOUND: Checked = { findings: [] };

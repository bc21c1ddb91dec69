import type { Brief, BriefDraft } from '../../core/brief.ts';
import type { Transaction } from '../../query/sql.ts';
import {
  BRIEF_LIMITS,
  type BriefLimits,
  createBrief,
  type Expected,
  removeBrief,
  replaceBrief,
} from './write-brief.ts';

/** What a person does with briefs, one transaction each; see what each function throws. */
export interface Briefs {
  create(draft: BriefDraft): Promise<Brief>;
  replace(id: string, draft: BriefDraft, expected: Expected): Promise<Brief>;
  remove(id: string, expected: Expected): Promise<void>;
}

export function openBriefs(transaction: Transaction, limits: BriefLimits = BRIEF_LIMITS): Briefs {
  const { versionsKept } = limits;
  return {
    create: (draft) => createBrief(transaction, draft, limits),
    replace: (id, draft, expected) => replaceBrief(transaction, id, draft, { expected, versionsKept }),
    remove: (id, expected) => removeBrief(transaction, id, expected),
  };
}

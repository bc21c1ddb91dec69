import { z } from 'zod';
import { LANGUAGES, type Localized } from './layer.ts';
import { isStorable } from './storable-text.ts';

/** How often a brief is made of what a watched question found. */
export const RHYTHMS = ['none', 'weekly', 'monthly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** Of whom it is asked: public records, for the feed too; or all, for who has the token. */
const WATCH_HANDLINGS = ['public', 'internal'] as const;

/** So many questions are watched. */
export const MOST_WATCHES = 100;

const title = z.string().trim().min(1).max(200).refine(isStorable, 'has neither NUL nor half a character');
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which versions are asked is no part of a question that is asked again: these are left out of it. */
const FIXED = ['generations'];
/** What was known then never changes; what is kept is kept each time. */
const REFUSED: Readonly<Record<string, string>> = {
  known_at: 'what was known on a day does not change: leave it out',
  keep: 'a watched question keeps no collections: leave it out',
};

const inputs = z
  .custom<Readonly<Record<string, unknown>>>(isObject, 'must be an object')
  .superRefine((given, context) => {
    for (const [name, why] of Object.entries(REFUSED)) {
      if (given[name] !== undefined) context.addIssue({ code: 'custom', path: [name], message: why });
    }
  })
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([name]) => !FIXED.includes(name))));

/** A question to be watched, as it is sent: of a receipt the process and its inputs. */
export const WatchSchema = z.strictObject({
  title,
  process: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'is the id of a process, as /processes has it'),
  inputs,
  /** The fragment of the page that shows it, "#map=..."; empty: none. */
  address: z
    .string()
    .max(32_768)
    .regex(/^(#.*)?$/s, 'is the fragment of the page: it begins with #')
    .refine(isStorable, 'has neither NUL nor half a character')
    .default(''),
  language: z.enum(LANGUAGES).default('en'),
  handling: z.enum(WATCH_HANDLINGS).default('public'),
  brief: z.enum(RHYTHMS).default('none'),
});
export type NewWatch = z.output<typeof WatchSchema>;

/** What may be changed of one. */
export const WatchChangesSchema = z.strictObject({ title: title.optional(), brief: z.enum(RHYTHMS).optional() });
export type WatchChanges = z.output<typeof WatchChangesSchema>;

/** A number of an answer. */
export interface Figure {
  /** Where it stands: `study_area.inside.events`; of a list by what its entries are told apart: `total[attacks].records`. */
  readonly place: string;
  readonly value: number;
  /** As the answer has it; `1` for counts and shares. */
  readonly unit: string;
  /** The answer's own interval for it, where it gives both ends. */
  readonly interval?: readonly [lower: number, upper: number];
  /** What an entry of a list is called, where it has a name. */
  readonly name?: string;
}

/** An answer, as much of it as is needed to tell what changes. */
export interface WatchedAnswer {
  readonly text: Localized;
  readonly figures: readonly Figure[];
  /** Of the receipt. */
  readonly hash: string;
}

/** A number that is another one now; null: it was not there, or no longer is. */
export interface FigureChange {
  readonly place: string;
  readonly label: Localized;
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly intervals?: { readonly before: readonly [number, number]; readonly after: readonly [number, number] };
}

const CHANGES = ['added', 'removed', 'changed'] as const;
export type Change = (typeof CHANGES)[number];

/** Why the records are not, or not only, those of the question. */
export type RecordsNote = 'no-longer-kept' | 'whole-collection' | 'removed';

/** A record by its number, and a place on it, degrees: where it is, or was. */
export type RecordAt = readonly [item: number, lon: number, lat: number];

/** Records of a collection that came, went or changed, between two of its versions. */
export interface RecordChanges {
  readonly collection: string;
  readonly title: Localized;
  readonly from: number;
  /** Null: the collection is gone. */
  readonly to: number | null;
  readonly counts: Readonly<Record<Change, number>>;
  /** The first of them. */
  readonly items: Readonly<Record<Change, readonly RecordAt[]>>;
  readonly note?: RecordsNote;
}

export interface WatchProblem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** What an entry of the digest tells. */
export interface DigestContent {
  /** One sentence or several. */
  readonly summary: Localized;
  /** What the question's answer said, and says. */
  readonly before: Localized | null;
  readonly after: Localized | null;
  readonly figures: readonly FigureChange[];
  /** So many further numbers differ. */
  readonly moreFigures: number;
  readonly records: readonly RecordChanges[];
  readonly problem?: WatchProblem;
}

export const ENTRY_KINDS = ['begun', 'changed', 'failed', 'recovered', 'withheld'] as const;

/** An entry of the digest. Times are ISO 8601 UTC. */
export interface DigestEntry {
  readonly id: string;
  readonly watch: string;
  /** Of the question. */
  readonly title: string;
  readonly handling: NewWatch['handling'];
  readonly at: string;
  readonly kind: (typeof ENTRY_KINDS)[number];
  /** Null: taken back. */
  readonly content: DigestContent | null;
}

/** A watched question as it is. */
export interface Watch extends NewWatch {
  readonly id: string;
  readonly createdAt: string;
  /** Null: it has not been answered yet, or the answer was taken back. */
  readonly answeredAt: string | null;
  readonly text: Localized | null;
  /** The version of each collection that the answer is made of. */
  readonly asked: Readonly<Record<string, number>> | null;
  readonly failing: { readonly times: number; readonly againAt: string; readonly problem: WatchProblem } | null;
}

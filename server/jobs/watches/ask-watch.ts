import { randomUUID } from 'node:crypto';
import type { Catalogue } from '../../core/catalogue.ts';
import { DatabaseUnavailable, LaneSaturated } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { printed } from '../../core/no-break-spaces.ts';
import type { DigestContent, DigestEntry, WatchedAnswer, WatchProblem } from '../../core/watch.ts';
import { type Access, FULL_ACCESS, PUBLIC_ACCESS } from '../../query/filter.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { answerWatch, type ClaimedWatch, failWatch, insertEntry, releaseWatch } from '../../query/watches.ts';
import type { MadeOf } from '../../query/withholding.ts';
import { JobInterrupted, JobsFull } from '../analysis/errors.ts';
import { compareAnswers } from './compare-answers.ts';
import { compareRecords } from './compare-records.ts';
import { findReach } from './reach.ts';

/** What a question found, and of which versions. */
export interface Found {
  readonly answer: WatchedAnswer;
  readonly madeOf: MadeOf;
}

export interface AskingWatch {
  /** For short statements. */
  readonly run: Run;
  /** For what compares versions, which may take minutes. */
  readonly compare: Run;
  readonly transaction: Transaction;
  readonly catalogue: Catalogue;
  /** Asks a process as a job is asked. */
  readonly ask: (
    watch: Pick<ClaimedWatch, 'process' | 'inputs'>,
    access: Access,
    signal: AbortSignal,
  ) => Promise<Found>;
  readonly toProblem: (error: unknown) => WatchProblem;
  readonly signal: AbortSignal;
}

/** Where the server is busy or away it is asked again after a minute, and nothing is told of that. */
const BUSY_SECONDS = 60;
const BUSY = [LaneSaturated, DatabaseUnavailable, JobsFull, JobInterrupted];
/** Causes by which a question is too large: one of them is of the analyses, which are not known here. */
const TOO_LARGE = ['AnalysisTooLarge', 'QueryTooLarge', 'QueryTimeout'];
/** What fails is asked again after five minutes, ten, twenty and so on, once a day at least. */
const FIRST_SECONDS = 300;
const LONGEST_SECONDS = 86_400;

/** How long is waited when a question has failed so many times before. */
export const secondsUntilAgain = (failures: number): number =>
  Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(failures, 20));

const BEGUN = (text: Localized) => ({
  en: `Watched from now on. ${text.en}`,
  fr: `Suivie à partir de maintenant. ${text.fr}`,
});
const WITHHELD = (text: Localized) => ({
  en: `Records that the answer before was made of are withheld by now: it is compared anew from here on. ${text.en}`,
  fr: `Des fiches dont la réponse précédente était tirée ne sont plus communiquées : la comparaison reprend à partir d’ici. ${text.fr}`,
});
const RECOVERED = {
  en: 'It can be answered again, and nothing has changed.',
  fr: 'La question a de nouveau une réponse, et rien n’a changé.',
};
const failed = (detail: string, isTooLarge: boolean): Localized =>
  isTooLarge
    ? {
        en: `It is too large to be asked again: ${detail} It is tried less and less often.`,
        fr: `Elle est trop lourde pour être reposée : ${detail} Elle est tentée de moins en moins souvent.`,
      }
    : {
        en: `It could not be asked again: ${detail} It is tried less and less often.`,
        fr: `Elle n’a pas pu être reposée : ${detail} Elle est tentée de moins en moins souvent.`,
      };

const plain = (summary: Localized): DigestContent => ({
  ...{ summary: printed(summary), before: null, after: null, figures: [], moreFigures: 0, records: [] },
});

interface Told {
  readonly kind: DigestEntry['kind'];
  readonly content: DigestContent;
}

/** Asks a claimed question again, and keeps what is different from the answer before. Returns the kind of the entry, if one was made. */
export async function askWatch(watch: ClaimedWatch, asking: AskingWatch): Promise<DigestEntry['kind'] | undefined> {
  const { run, transaction, ask, toProblem, signal } = asking;
  const access = watch.handling === 'public' ? PUBLIC_ACCESS : FULL_ACCESS;
  try {
    const found = await ask(watch, access, signal);
    const told = await tell(watch, found, access, asking);
    await transaction(async (inside) => {
      const [kept] = await inside<{ id: string }>(answerWatch(watch.id, found.answer, found.madeOf));
      if (kept && told) await inside(insertEntry({ id: randomUUID(), watch: watch.id, ...told }, found.madeOf));
    });
    return told?.kind;
  } catch (error) {
    // The server ends: whoever starts next asks at once.
    if (signal.aborted) {
      await run(releaseWatch(watch.id, 0)).catch(() => undefined);
      return undefined;
    }
    if (BUSY.some((cause) => error instanceof cause)) {
      await run(releaseWatch(watch.id, BUSY_SECONDS));
      return undefined;
    }
    return keepFailure(watch, toProblem(error), error, transaction);
  }
}

async function tell(watch: ClaimedWatch, found: Found, access: Access, asking: AskingWatch): Promise<Told | undefined> {
  const { answer, asked, failures, isAnswered, inputs } = watch;
  const { text } = found.answer;
  if (!answer || !asked) {
    const content = plain((isAnswered ? WITHHELD : BEGUN)(text));
    return { kind: isAnswered ? 'withheld' : 'begun', content: { ...content, after: text } };
  }
  const { compare, catalogue, signal } = asking;
  const reach = await findReach(compare, catalogue, inputs, access);
  const versions = { before: asked, after: found.madeOf };
  const records = await compareRecords(compare, { ...versions, catalogue, inputs, access, reach, signal });
  const content = compareAnswers(answer, found.answer, records, catalogue);
  if (content) return { kind: 'changed', content };
  return failures > 0 ? { kind: 'recovered', content: { ...plain(RECOVERED), after: text } } : undefined;
}

/** It is told once, until there is an answer again. */
async function keepFailure(
  { id, failures, asked }: ClaimedWatch,
  problem: WatchProblem,
  error: unknown,
  transaction: Transaction,
): Promise<'failed' | undefined> {
  const isTooLarge = error instanceof Error && TOO_LARGE.includes(error.name);
  const content = { ...plain(failed(problem.detail, isTooLarge)), problem };
  await transaction(async (inside) => {
    const [kept] = await inside<{ id: string }>(failWatch(id, problem, secondsUntilAgain(failures)));
    if (kept && failures === 0) {
      await inside(insertEntry({ id: randomUUID(), watch: id, kind: 'failed', content }, asked ?? {}));
    }
  });
  return failures === 0 ? 'failed' : undefined;
}

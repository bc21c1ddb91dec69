import { InvalidParameter } from '../../core/errors.ts';
import { type CellCounts, countCells } from '../cells/count-cells.ts';
import { checkRing, ringNeighbours } from '../cells/neighbours.ts';
import { findStudyCells, type StudyCells } from '../cells/study-cells.ts';
import { alphaOf } from '../confidence.ts';
import { added } from '../hotspots/find.ts';
import { type Spread, spread } from '../hotspots/spread.ts';
import { oncePerQuestion } from '../once.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { lasting, selectEvents } from '../select-events.ts';
import { type WholeSteps, wholeSteps } from '../whole-steps.ts';
import { type Classified, classify, type NotDefined } from './classify.ts';
import type { EmergingInputs } from './inputs.ts';

/** What a question is about, before anything is counted. */
export interface Chosen {
  readonly selected: readonly Selected[];
  readonly study: StudyCells;
  readonly time: WholeSteps;
}

/** And what was found. */
export interface Look extends Chosen {
  readonly given: EmergingInputs;
  readonly counts: CellCounts;
  /** Absent: nothing is shared out. */
  readonly spread: Spread | undefined;
  /** What is looked at, and how many events it is of, by step and hexagon. */
  readonly values: Float64Array;
  readonly events: Float64Array;
  /** Events counted, by hexagon. */
  readonly eventsByCell: Float64Array;
  readonly alpha: number;
  readonly found: Classified | { readonly notDefined: NotDefined };
}

/** Hexagons times steps: each takes some numbers of eight bytes at once. */
const MOST_TESTS = 3_000_000;

const refuse = (input: string, detail: string) => new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);

/**
 * The collections, hexagons and steps of a question.
 * @throws InvalidParameter when there are none, or too many
 */
export const choose = oncePerQuestion(chooseCells);

async function chooseCells(question: Question, given: EmergingInputs): Promise<Chosen> {
  const selected = await selectEvents(question, given, lasting);
  const time = wholeSteps(selected, given.step);
  const study = await findStudyCells(question, selected, given);
  checkRing(study, given.ring);
  const tests = study.cells.length * time.steps.length;
  if (tests > MOST_TESTS) {
    const [hexagons, most] = [study.cells.length, MOST_TESTS].map((each) => each.toLocaleString('en'));
    throw refuse(
      given.resolution === undefined ? 'step' : 'resolution',
      `${hexagons} hexagons in ${time.steps.length} steps are more than ${most} tests. Take coarser hexagons, longer steps, a shorter window or a smaller place.`,
    );
  }
  return { selected, study, time };
}

/** Over all steps. */
export function sumByCell(values: Float64Array, cells: number): Float64Array {
  const sums = new Float64Array(cells);
  for (let from = 0; from < values.length; from += cells) {
    for (let cell = 0; cell < cells; cell++) sums[cell] = (sums[cell] as number) + (values[from + cell] as number);
  }
  return sums;
}

/** What is looked at, and the events behind it. */
function countedOf({ imprecise }: EmergingInputs, { all, precise, events }: CellCounts, shared: Spread | undefined) {
  if (shared) return { values: added(precise, shared.values), events: added(events.precise, shared.events) };
  return imprecise === 'include' ? { values: all, events: events.all } : { values: precise, events: events.precise };
}

const COUNTING = { en: 'counting', fr: 'décompte' };

export async function look(question: Question, given: EmergingInputs): Promise<Look> {
  const chosen = await choose(question, given);
  const { selected, study, time } = chosen;
  question.progress(0.1, COUNTING);
  const counts = await countCells(question, selected, study, { time, measure: given.measure });
  const alpha = alphaOf(given.confidence);
  const { measure } = given;
  const shared =
    given.imprecise === 'spread'
      ? await spread(question, selected, study, counts.preciseM, { time, measure })
      : undefined;
  const { values, events } = countedOf(given, counts, shared);
  const found = classify({ values, events }, ringNeighbours(study, given.ring), alpha);
  const eventsByCell = sumByCell(events, study.cells.length);
  return { ...chosen, given, counts, spread: shared, values, events, eventsByCell, alpha, found };
}

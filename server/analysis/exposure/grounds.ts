import { type PointGroundRow, pointGroundsQuery } from '../../query/analysis/exposure/grounds.ts';
import type { Chosen } from '../../query/analysis/exposure/subjects.ts';
import { controlStretches, type Stretch } from '../control-stretches.ts';
import { GROUND_STATES, type Ground, groundOf } from '../ground.ts';
import { toQuantity } from '../quantity.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type Certainty, certaintyOf } from '../timeline/certainty.ts';

/** `uncertain`: of a point of which it is only known that it may lie on somebody's ground. */
export const HELD_STATES = [...GROUND_STATES, 'uncertain'] as const;

/** Who is recorded on the ground of a record. */
export interface HeldGround extends Omit<Ground, 'state'> {
  readonly state: (typeof HELD_STATES)[number];
  /** Part of the record's length that is so; 1 of a point. */
  readonly share: number;
  readonly contestedShare: number;
  readonly unrecordedShare: number;
  /** Of a point: the least certain of what is said; absent where nobody is recorded, and of lines. */
  readonly certainty?: Certainty;
  /** Of a point: who else may be there, as far as its position is known. */
  readonly perhaps: readonly string[];
}

const isContested = ({ state }: Ground) => state === 'contested' || state === 'overlap';

function ofPoint(rows: readonly PointGroundRow[]): HeldGround {
  const told = rows.map((row) => ({ ...row, certainty: certaintyOf(row, row.precision_m) }));
  const ground = groundOf(told.filter(({ certainty }) => certainty !== 'uncertain'));
  const possible = groundOf(told).actors.filter((actor) => !ground.actors.includes(actor));
  const isUnsaid = ground.state === 'not recorded';
  const certainties = told.map(({ certainty }) => certainty);
  const least = (['uncertain', 'as_drawn', 'inside'] as const).find((certainty) => certainties.includes(certainty));
  return {
    ...{ ...ground, share: 1, perhaps: possible },
    ...(isUnsaid && possible.length > 0 ? { state: 'uncertain' as const } : {}),
    contestedShare: isContested(ground) ? 1 : 0,
    unrecordedShare: isUnsaid && possible.length === 0 ? 1 : 0,
    ...(least ? { certainty: least } : {}),
  };
}

function ofLine(stretches: readonly Stretch[], lengthKm: number): HeldGround {
  const share = (of: readonly Stretch[]) =>
    toQuantity(of.reduce((sum, { from_km, to_km }) => sum + to_km - from_km, 0) / lengthKm, 4);
  const kinds = new Map<string, Stretch[]>();
  for (const stretch of stretches) {
    const name = JSON.stringify([stretch.state, stretch.actors]);
    kinds.set(name, [...(kinds.get(name) ?? []), stretch]);
  }
  const [most] = [...kinds].sort(([a, of], [b, others]) => share(others) - share(of) || (a < b ? -1 : 1));
  const [first] = most?.[1] ?? [];
  return {
    ...{ state: first?.state ?? 'not recorded', actors: first?.actors ?? [], perhaps: [] },
    share: share(most?.[1] ?? []),
    contestedShare: share(stretches.filter(isContested)),
    unrecordedShare: share(stretches.filter(({ state }) => state === 'not recorded')),
  };
}

/** Of each record, by `list:item`, at the instant that the filters of `control` leave. Of a line the longest part is named. */
export async function findGrounds(
  question: Question,
  of: readonly Chosen[],
  flows: boolean,
  control: readonly Selected[],
): Promise<(list: number, item: number) => HeldGround> {
  const grounds = new Map<string, HeldGround>();
  if (control.length > 0) {
    const points = new Map<string, PointGroundRow[]>();
    for (const row of await question.run<PointGroundRow>(pointGroundsQuery(of, flows, control))) {
      const name = `${row.list}:${row.item}`;
      points.set(name, [...(points.get(name) ?? []), row]);
    }
    for (const [name, rows] of points) grounds.set(name, ofPoint(rows));
  }
  for (const [list, { layer, filter }] of of.entries()) {
    if (layer.geometry !== 'line') continue;
    const walked = await controlStretches(question, { layer, filter }, control);
    for (const [item, { stretches, lengthKm }] of walked) grounds.set(`${list}:${item}`, ofLine(stretches, lengthKm));
  }
  return (list, item) => grounds.get(`${list}:${item}`) ?? ofPoint([]);
}

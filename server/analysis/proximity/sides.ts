import { InvalidParameter } from '../../core/errors.ts';
import { type Side, type SideRow, type Sides, sideQuery } from '../../query/analysis/proximity/sides.ts';
import { isUnfiltered } from '../../query/filter.ts';
import { countQuery } from '../../query/items.ts';
import { keptAnswers } from '../kept-answers.ts';
import { oncePerQuestion } from '../once.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import { select } from '../select.ts';
import type { Given } from './inputs.ts';

/** Of whole versions, by who sees how much of them. */
const kept = keptAnswers<SideRow>(8);

const isWhole = ({ filter: { access: _, ...narrowing } }: Side) =>
  Object.values(narrowing).every((each) => each === undefined);

/** What a side holds. Counting half a million takes as long as what is asked of them: of a whole version it is known. */
async function measure({ run }: Question, side: Side): Promise<SideRow> {
  const { layer, filter } = side;
  const isServed = layer.generationInService === undefined;
  if (layer.geometry === 'point' && isServed && isUnfiltered(layer, filter)) {
    return { count: layer.count, wide: 0, width: 0, vertices: layer.count };
  }
  const ask = async () => (await run<SideRow>(sideQuery(side)))[0] as SideRow;
  return isWhole(side) ? kept(layer, filter.access.handling.join(' '), ask) : ask();
}

/** What the caller may see goes into an estimate, which is told; what is withheld does not. */
async function countSeen({ run }: Question, side: Side, held: SideRow): Promise<number> {
  if (isWhole(side)) return held.count;
  const { layer, filter } = side;
  const [row] = await run<{ count: number }>(countQuery(layer, { access: filter.access }));
  return row?.count ?? held.count;
}

/** The records on both sides, looked for once for a question. */
export const sidesOf = oncePerQuestion(findSides);

/**
 * The records on both sides. A place narrows those of `from`: what lies just outside of it is a neighbour all the same.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, FeatureNotFound, VersionNotKept
 */
async function findSides(question: Question, inputs: Given): Promise<Sides> {
  const [from] = await select(question, [inputs.from], inputs, { input: 'from', takesFilter: true });
  const [to] = await select(question, [inputs.to], inputs, { input: 'to', takesFilter: false });
  if (!from || !to) throw new Error('a selection came to nothing');
  if ((from.layer.nature === 'modelled') !== (to.layer.nature === 'modelled') && !inputs.mix) {
    const detail = 'Modelled and other records are not compared unless "mix" is true.';
    throw new InvalidParameter([{ pointer: '/inputs/to', detail }]);
  }
  const place = inputs.place === undefined ? undefined : await findPlace(question, inputs.place);
  if (place && place.kind !== 'polygon') {
    const detail = 'The place must be an area: it tells which records of `from` are asked.';
    throw new InvalidParameter([{ pointer: '/inputs/place', detail }]);
  }
  const asked = place ? { ...from, filter: { ...from.filter, place: place.geometry } } : from;
  const [held, other] = await Promise.all([measure(question, asked), measure(question, to)]);
  return { from: asked, to, held: { from: held, to: other, seen: await countSeen(question, to, other) } };
}

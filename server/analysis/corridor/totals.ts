import type { Geometry } from 'geojson';
import { totalQuery } from '../../query/analysis/corridor/study-area.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { StudyArea } from './study-area.ts';

/** A version is never changed: its totals are the same for every line. Forgotten with the version. */
const kept = new WeakMap<Selected['layer'], Map<string, Promise<number>>>();
/** Questions of one version. */
const MOST = 64;

/** How many precise enough records a collection has in the study area. */
async function totalOf(
  { run }: Question,
  { layer, filter }: Selected,
  area: StudyArea,
  preciseM: number | undefined,
): Promise<number> {
  const place = area.isEverywhere ? undefined : (area.geometry as Geometry);
  const query = totalQuery(layer, place ? { ...filter, place } : filter, preciseM);
  const ask = () => run<{ count: number }>(query).then(([row]) => row?.count ?? 0);
  // What is withheld from an earlier version depends on what is in service.
  if (layer.generationInService !== undefined) return ask();
  const known = kept.get(layer) ?? new Map<string, Promise<number>>();
  kept.set(layer, known);
  const key = JSON.stringify([query.text, query.values]);
  const asked = known.get(key) ?? ask();
  asked.catch(() => known.delete(key));
  if (known.size >= MOST) known.delete(known.keys().next().value as string);
  known.set(key, asked);
  return asked;
}

/** How many precise enough events there are in the study area. */
export async function totals(
  question: Question,
  events: readonly Selected[],
  area: StudyArea,
  preciseM: number | undefined,
): Promise<number> {
  const counts = await Promise.all(events.map((selected) => totalOf(question, selected, area, preciseM)));
  return counts.reduce((sum, count) => sum + count, 0);
}

import type { Geometry } from 'geojson';
import { type TotalRow, totalQuery } from '../../query/analysis/corridor/study-area.ts';
import { keptAnswers } from '../kept-answers.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { StudyArea } from './study-area.ts';

/** Totals are the same for every line. */
const kept = keptAnswers<TotalRow>(64);

/** How many precise enough records a collection has in the study area. */
async function totalOf(
  { run }: Question,
  { layer, filter }: Selected,
  area: StudyArea,
  preciseM: number | undefined,
): Promise<TotalRow> {
  // The study area lies in the place of the filter, if there is one.
  const place = area.isEverywhere ? undefined : (area.geometry as Geometry);
  const query = totalQuery(layer, place ? { ...filter, place } : filter, preciseM);
  return kept(layer, JSON.stringify([query.text, query.values]), () =>
    run<TotalRow>(query).then(([row]) => row ?? { count: 0, partly: 0 }),
  );
}

/** How many precise enough events there are in the study area. */
export async function totals(
  question: Question,
  events: readonly Selected[],
  area: StudyArea,
  preciseM: number | undefined,
): Promise<TotalRow> {
  const rows = await Promise.all(events.map((selected) => totalOf(question, selected, area, preciseM)));
  const sum = (of: keyof TotalRow) => rows.reduce((whole, row) => whole + row[of], 0);
  return { count: sum('count'), partly: sum('partly') };
}

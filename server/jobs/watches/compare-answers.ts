import type { Catalogue } from '../../core/catalogue.ts';
import type { Localized } from '../../core/layer.ts';
import type { DigestContent, FigureChange, RecordChanges, WatchedAnswer } from '../../core/watch.ts';
import { figuresThatDiffer } from '../../core/watch-figures.ts';
import { changeSummary, figureLabel } from '../../core/watch-words.ts';

/** So many numbers are told of an entry. */
const TOLD = 30;

/** What collections are called, and what is counted and summed of them: kinds and measures by their names. */
function titlesOf({ layers }: Catalogue): ReadonlyMap<string, Localized> {
  const named = layers.flatMap(({ fields, kind, measures }) => [
    ...(fields.find(({ name }) => name === kind)?.values ?? []).map(({ value, title }) => [value, title] as const),
    ...fields.filter(({ name }) => measures.includes(name)).map(({ name, title }) => [name, title] as const),
  ]);
  // A collection's own name goes before what is within one.
  return new Map([...named, ...layers.map(({ id, title }) => [id, title] as const)]);
}

/** What an entry tells of two answers; undefined when there is nothing to tell. */
export function compareAnswers(
  before: WatchedAnswer,
  after: WatchedAnswer,
  records: readonly RecordChanges[],
  catalogue: Catalogue,
): DigestContent | undefined {
  const pairs = figuresThatDiffer(before.figures, after.figures);
  if (pairs.length === 0 && records.length === 0) return undefined;
  const titles = titlesOf(catalogue);
  const titleOf = (name: string) => titles.get(name);
  const figures = pairs.slice(0, TOLD).map((pair): FigureChange => {
    const [older, newer] = [pair.before, pair.after];
    const both = older?.interval && newer?.interval;
    return {
      place: pair.place,
      label: figureLabel(pair.place, titleOf, newer?.name ?? older?.name),
      unit: (newer ?? older)?.unit ?? '1',
      ...{ before: older?.value ?? null, after: newer?.value ?? null },
      ...(both && { intervals: { before: older.interval, after: newer.interval } }),
    };
  });
  return {
    summary: changeSummary(records, figures),
    ...{ before: before.text, after: after.text, figures, moreFigures: pairs.length - figures.length, records },
  };
}

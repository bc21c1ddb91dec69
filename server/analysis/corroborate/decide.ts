import { InvalidParameter } from '../../core/errors.ts';
import type { Two } from './group.ts';
import type { Given, Reference } from './inputs.ts';
import type { Report } from './reports.ts';

/** What persons have decided about the reports that are asked, by their places in the list. */
export interface Decided {
  readonly together: readonly Two[];
  readonly apart: readonly Two[];
  /** Decisions of which fewer than two records are among the reports: nothing to obey. */
  readonly idle: number;
}

/** Finds reports by collection and number, or `record_id`. */
function indexOf(reports: readonly Report[]) {
  const places = new Map<string, number[]>();
  const put = (key: string, index: number) => {
    const own = places.get(key);
    if (own) own.push(index);
    else places.set(key, [index]);
  };
  for (const [index, { collection, fid, record_id }] of reports.entries()) {
    put(`${collection} ${fid}`, index);
    put(`${collection} "${record_id}"`, index);
  }
  return ({ collection, item }: Reference) => places.get(`${collection} ${JSON.stringify(item)}`) ?? [];
}

/** Reads decisions. @throws InvalidParameter for a `record_id` that several records have */
export function readDecisions(decisions: Given['decisions'], reports: readonly Report[]): Decided {
  const find = indexOf(reports);
  const [together, apart]: [Two[], Two[]] = [[], []];
  let idle = 0;
  for (const [index, { records, same }] of decisions.entries()) {
    const found = records.flatMap((record, nth) => {
      const places = find(record);
      if (places.length < 2) return places;
      const detail = `"${record.item}" is the record_id of ${places.length} records of "${record.collection}": give the number.`;
      throw new InvalidParameter([{ pointer: `/inputs/decisions/${index}/records/${nth}/item`, detail }]);
    });
    const each = [...new Set(found)];
    if (each.length < 2) idle += 1;
    for (const [nth, one] of each.entries()) {
      for (const other of each.slice(nth + 1)) (same ? together : apart).push([one, other]);
    }
  }
  return { together, apart, idle };
}

import type { Layer } from '../../core/layer.ts';
import { recordFields } from '../../core/layer.ts';

type Properties = Readonly<Record<string, unknown>>;

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The first day after what a date says, by how far it is known: a day, a month, a year. */
function dayAfter(day: string, precision: unknown): string | null {
  const time = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(time.getTime())) return null;
  if (precision === 'year') time.setUTCFullYear(time.getUTCFullYear() + 1, 0, 1);
  else if (precision === 'month') time.setUTCMonth(time.getUTCMonth() + 1, 1);
  else time.setUTCDate(time.getUTCDate() + 1);
  return time.toISOString().slice(0, 10);
}

/**
 * All fields of a record, in their order, as they will be stored. The day on which it was recorded is the server's to say;
 * an event ends when the day, month or year is over in which it was, unless `given` says otherwise. What the layer does not
 * have stays, to be told.
 */
export function completeRecord(
  layer: Layer,
  given: Properties,
  {
    before,
    today,
    isEndGiven,
  }: { readonly before: Properties | null; readonly today: string; readonly isEndGiven: boolean },
): Properties {
  const names = recordFields(layer).map(({ name }) => name);
  const all: Record<string, unknown> = {
    ...Object.fromEntries(names.map((name) => [name, given[name] === '' ? null : (given[name] ?? null)])),
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name))),
  };
  all.recorded_at =
    before?.recorded_at ?? (isDay(given.recorded_at) && given.recorded_at <= today ? given.recorded_at : today);
  const { valid_from: from, valid_to: to } = all;
  const isMoved = before === null || before.valid_from !== from || before.date_precision !== all.date_precision;
  if (layer.time === 'instant' && isDay(from) && (to === null || (isMoved && !isEndGiven)))
    all.valid_to = dayAfter(from, all.date_precision);
  return all;
}

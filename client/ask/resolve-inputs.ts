import type { AskedInput } from './arrange-inputs.ts';

/** Stands for what the map shows at the moment of asking. */
export const SHOWN = 'shown';
/** All dates, where the clock of the map would be taken otherwise. */
export const EVER = '../..';

/** What the map has at the moment of asking. */
export interface Surroundings {
  /** West, south, east, north in degrees. */
  readonly box: readonly number[] | undefined;
  /** The window of the clock as `datetime`; null: all dates. */
  readonly window: string | null;
  /** What narrows a layer, as CQL2 text; null: nothing. */
  readonly filterOf: (collection: string) => string | null;
}

/** What is sent: what was entered, with what the map has where the reader said so or nothing else. */
export function resolveInputs(
  entered: Readonly<Record<string, unknown>>,
  inputs: readonly AskedInput[],
  { box, window, filterOf }: Surroundings,
): Record<string, unknown> {
  const resolved: Record<string, unknown> = {};
  const narrowed = (id: unknown) => {
    const filter = typeof id === 'string' ? filterOf(id) : null;
    return filter === null ? id : { collection: id, filter };
  };
  for (const { name, form } of inputs) {
    const value = saidOf(entered[name]);
    if (form.type === 'window' && name === 'datetime' && value === undefined && followsClock(inputs)) {
      if (window !== null) resolved[name] = window;
    } else if (value === undefined || value === EVER) continue;
    else if (value === SHOWN) resolved[name] = { bbox: box };
    else if (form.type === 'collections' && form.isNarrowed) {
      resolved[name] = Array.isArray(value) ? value.map(narrowed) : narrowed(value);
    } else resolved[name] = value;
  }
  // What a link brought that has no field here is asked all the same.
  for (const [name, value] of Object.entries(entered)) {
    if (!inputs.some((input) => input.name === name)) resolved[name] = value;
  }
  return resolved;
}

/** Of a list what says something: a place that is still to be chosen says nothing. */
function saidOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const said = value.filter((each) => each !== null);
  return said.length === 0 ? undefined : said;
}

/** Whether a question is about the window of the clock unless something else is said: not where two periods are compared. */
export const followsClock = (inputs: readonly Pick<AskedInput, 'name'>[]): boolean =>
  !inputs.some(({ name }) => name === 'earlier');

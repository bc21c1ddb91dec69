import type { Figure } from './watch.ts';

/** By what entries of a list are told apart, the first that they have; lists of others are series, which say nothing here. */
const KEYS = ['collection', 'unit', 'cell', 'class', 'weeks', 'kind', 'id'] as const;
/** Where something lies, how large the ground is on which it is counted, and steps on the way to what is found. */
const NOT_TOLD = new Set(['lon', 'lat', 'area_km2', 'shared_km2', 's', 'z', 'variance', 'autocorrelation']);
/** So many are kept of an answer: one has up to 100,000. */
const MOST = 4_000;

const BOUND = /_(lower|upper)$/;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function keyOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const key = KEYS.map((name) => entry[name]).find((value) => typeof value === 'string' || typeof value === 'number');
  return key === undefined ? undefined : String(key).replaceAll(/[[\].]/g, ' ');
}

/** What a place is called as the units of an answer have it: `units[].values[].rate`, `by_kind.*`. */
interface At {
  readonly place: string;
  readonly pattern: string;
  readonly name: string | undefined;
}

/**
 * The numbers of an answer, each with its place, its unit and the answer's own interval (members that end in `_lower` and
 * `_upper`); at most the first 4,000.
 * @param numbers as the answer has them
 * @param units by place, as the answer has them
 */
export function figuresOf(
  numbers: Readonly<Record<string, unknown>>,
  units: Readonly<Record<string, string>>,
): readonly Figure[] {
  const found: Figure[] = [];

  function read(value: unknown, at: At, beside: Readonly<Record<string, unknown>>, member: string): void {
    if (found.length >= MOST) return;
    if (typeof value === 'number') {
      const [lower, upper] = [beside[`${member}_lower`], beside[`${member}_upper`]];
      const interval = typeof lower === 'number' && typeof upper === 'number' ? ([lower, upper] as const) : undefined;
      const { place, pattern, name } = at;
      const unit = units[pattern] ?? '1';
      found.push({ place, value, unit, ...(interval && { interval }), ...(name !== undefined && { name }) });
    } else if (Array.isArray(value)) {
      for (const entry of value) {
        const key = isObject(entry) ? keyOf(entry) : undefined;
        if (key === undefined) continue;
        const name = typeof entry.name === 'string' ? entry.name : at.name;
        readMembers(entry, { place: `${at.place}[${key}]`, pattern: `${at.pattern}[]`, name });
      }
    } else if (isObject(value)) readMembers(value, at);
  }

  function readMembers(members: Readonly<Record<string, unknown>>, { place, pattern, name }: At): void {
    const within = (before: string, member: string) => (before === '' ? member : `${before}.${member}`);
    for (const [member, value] of Object.entries(members)) {
      const isBound = BOUND.test(member) && typeof members[member.replace(BOUND, '')] === 'number';
      if (isBound || NOT_TOLD.has(member) || (KEYS as readonly string[]).includes(member)) continue;
      const any = within(pattern, '*');
      const isAny = units[any] !== undefined && units[within(pattern, member)] === undefined;
      read(
        value,
        { place: within(place, member), pattern: isAny ? any : within(pattern, member), name },
        members,
        member,
      );
    }
  }

  readMembers(numbers, { place: '', pattern: '', name: undefined });
  return found;
}

/** A number before and after; null: it is not there. */
export interface FigurePair {
  readonly place: string;
  readonly before: Figure | null;
  readonly after: Figure | null;
}

const depthOf = (place: string) => place.split(/[.[]/).length;
const isCount = ({ before, after }: FigurePair) => {
  const figure = after ?? before;
  return figure?.unit === '1' && [before, after].every((each) => each === null || Number.isInteger(each.value));
};

/** The numbers that differ: counts first, of each what stands higher up in the answer. */
export function figuresThatDiffer(before: readonly Figure[], after: readonly Figure[]): readonly FigurePair[] {
  const [older, newer] = [before, after].map((figures) => new Map(figures.map((figure) => [figure.place, figure])));
  const places = [...new Set([...after, ...before].map(({ place }) => place))];
  const order = (pair: FigurePair) => (isCount(pair) ? 0 : 100) + depthOf(pair.place);
  return places
    .map((place) => ({ place, before: older?.get(place) ?? null, after: newer?.get(place) ?? null }))
    .filter((pair) => pair.before?.value !== pair.after?.value)
    .toSorted((a, b) => order(a) - order(b));
}

import { neighbourDistances } from '../../stats/neighbour-distances.ts';
import type { Drawn, Found } from './find-clusters.ts';
import type { Given } from './inputs.ts';
import type { ClusterRow, Numbers } from './numbers.ts';
import type { Event, Events } from './read-events.ts';

/** Events of a cluster that are named in its row. */
const LISTED = 100;
/** Points of all clusters together. */
export const MAX_MEMBERS = 20_000;

export const toDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** From the first day to the last. */
export function spanOf(events: readonly Event[]): { first: number; last: number } {
  const [{ first }] = events as readonly [Event];
  return { first, last: events.reduce((latest, { last }) => Math.max(latest, last), first) };
}

function sumOf(events: readonly Event[], name: 'killed' | 'injured'): number | undefined {
  const known = events.map((event) => event[name]).filter((value) => value !== null);
  return known.length === 0
    ? undefined
    : Math.max(
        0,
        known.reduce((sum, each) => sum + each, 0),
      );
}

function kindsOf(events: readonly Event[]): Record<string, number> {
  const kinds = new Map<string, number>();
  for (const { kind } of events) kinds.set(kind ?? '', (kinds.get(kind ?? '') ?? 0) + 1);
  return Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toRow({ number, members, cores, places, lon, lat, hullM2 }: Drawn): ClusterRow {
  const { first, last } = spanOf(members);
  const [killed, injured] = [sumOf(members, 'killed'), sumOf(members, 'injured')];
  return {
    ...{ cluster: number, events: members.length, cores, places },
    ...{ first_day: toDay(first), last_day: toDay(last), days: last - first + 1, lon, lat },
    ...(hullM2 === undefined ? {} : { hull_km2: hullM2 / 1e6 }),
    ...(killed === undefined ? {} : { killed }),
    ...(injured === undefined ? {} : { injured }),
    kinds: kindsOf(members),
    items: members.slice(0, LISTED).map(({ collection, fid }) => ({ collection, item: fid })),
  };
}

function quartilesOf(distances: Float64Array): [number, number, number] {
  const at = (share: number) => {
    const place = share * (distances.length - 1);
    const [low, high] = [distances[Math.floor(place)] as number, distances[Math.ceil(place)] as number];
    return (low + (high - low) * (place - Math.floor(place))) / 1_000;
  };
  return [at(0.25), at(0.5), at(0.75)];
}

function neighboursOf({ dated }: Events, { eps_days, min_points }: Given): Partial<Numbers> {
  const { distances, asked, without } = neighbourDistances(dated, eps_days, min_points - 1);
  if (distances.length === 0) return {};
  const [first_quartile, median, third_quartile] = quartilesOf(distances);
  return { neighbour_km: { asked, without, first_quartile, median, third_quartile } };
}

export function toNumbers(events: Events, found: Found, inputs: Given): Numbers {
  const { clusters, listed, isCore } = found;
  const inClusters = clusters.reduce((sum, { members }) => sum + members.length, 0);
  const all = events.events.length;
  const span = all === 0 ? undefined : spanOf(events.events);
  const members = listed.reduce((sum, each) => sum + each.members.length, 0);
  return {
    events: all,
    ...(span && { first_day: toDay(span.first), last_day: toDay(span.last) }),
    left_out: events.leftOut,
    clusters: clusters.length,
    in_clusters: inClusters,
    share_in_clusters: all === 0 ? 0 : inClusters / all,
    cores: isCore.reduce((sum, each) => sum + each, 0),
    noise: all - inClusters,
    at_one_place: clusters.filter(({ places }) => places === 1).length,
    ...neighboursOf(events, inputs),
    listed: listed.length,
    members_listed: Math.min(members, MAX_MEMBERS),
    table: listed.map(toRow),
  };
}

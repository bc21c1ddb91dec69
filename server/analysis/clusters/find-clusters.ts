import { type HullRow, hullsQuery } from '../../query/analysis/clusters.ts';
import { middleOf } from '../../stats/spread.ts';
import { type Clustering, stDbscan } from '../../stats/st-dbscan.ts';
import { drain, inTurns } from '../corridor/turns.ts';
import type { Question } from '../question.ts';
import type { Given } from './inputs.ts';
import { type Event, type Events, reachOf } from './read-events.ts';

/** A cluster of events. */
export interface Cluster {
  /** From 1, by the earliest core. */
  readonly number: number;
  /** In the order of time. */
  readonly members: readonly Event[];
  readonly cores: number;
  /** Different positions. */
  readonly places: number;
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
}

/** A cluster that is listed, with its outline. */
export interface Drawn extends Cluster {
  /** GeoJSON; absent around a pole. */
  readonly outline: string | undefined;
  /** Absent where the hull has none, and the outline is widened. */
  readonly hullM2: number | undefined;
}

export interface Found extends Pick<Clustering, 'isCore' | 'clusterOf'> {
  /** By number. */
  readonly clusters: readonly Cluster[];
  /** Those with the most events first. */
  readonly listed: readonly Drawn[];
}

/** Metres by which a cluster at one place is drawn at least. */
const WIDEN_M = 1_000;

function toCluster(members: readonly Event[], cores: number, number: number): Cluster {
  const places = {
    lons: Float64Array.from(members, ({ lon }) => lon),
    lats: Float64Array.from(members, ({ lat }) => lat),
  };
  const [first] = members as readonly [Event];
  // Of a cluster that goes around the earth, its first event.
  const { lon, lat } = middleOf(places, new Float64Array(members.length).fill(1)) ?? first;
  return { number, members, cores, places: new Set(members.map((each) => `${each.lon} ${each.lat}`)).size, lon, lat };
}

function medianPrecision({ members }: Cluster): number {
  const sorted = members.map(({ precision_m }) => precision_m).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

async function draw({ run }: Question, clusters: readonly Cluster[]): Promise<Drawn[]> {
  if (clusters.length === 0) return [];
  const members = clusters.flatMap((each) => each.members.map((event) => ({ event, of: each.number })));
  const rows = await run<HullRow>(
    hullsQuery({
      of: members.map(({ of }) => of),
      lons: members.map(({ event }) => event.lon),
      lats: members.map(({ event }) => event.lat),
      clusters: clusters.map((each) => ({
        ...{ nth: each.number, lon: each.lon, lat: each.lat },
        widenM: Math.max(WIDEN_M, medianPrecision(each)),
      })),
    }),
  );
  const hulls = new Map(rows.map((row) => [row.nth, row]));
  return clusters.map((each) => {
    const hull = hulls.get(each.number);
    if (!hull) throw new Error('a cluster has no outline');
    return { ...each, outline: hull.geojson ?? undefined, hullM2: hull.area_m2 ?? undefined };
  });
}

/** The clusters of the events, and outlines of the largest. */
export async function findClusters(question: Question, inputs: Given, { events, dated }: Events): Promise<Found> {
  const {
    clusterOf,
    isCore,
    clusters: total,
  } = await inTurns((pause) => drain(stDbscan(dated, reachOf(inputs)), pause), {
    signal: question.signal,
    kind: 'long',
  });
  question.progress(0.6, { en: 'Outlines', fr: 'Contours' });
  const members: Event[][] = Array.from({ length: total }, () => []);
  const cores = new Int32Array(total);
  for (const [index, event] of events.entries()) {
    const cluster = clusterOf[index] as number;
    if (cluster < 0) continue;
    members[cluster]?.push(event);
    cores[cluster] = (cores[cluster] as number) + (isCore[index] as number);
  }
  const clusters = members.map((each, cluster) => toCluster(each, cores[cluster] as number, cluster + 1));
  const largest = clusters.toSorted((a, b) => b.members.length - a.members.length || a.number - b.number);
  return { clusterOf, isCore, clusters, listed: await draw(question, largest.slice(0, inputs.limit)) };
}

import { type SiteRow, sitesQuery } from '../../query/analysis/crossings.ts';
import { type Ground, groundOf } from '../ground.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** A site, and who holds the ground that it stands on. */
export interface Site extends Ground {
  readonly collection: string;
  readonly item: number;
  readonly record: string;
  readonly name: string | null;
  readonly kind: string | null;
  /** ISO 8601 UTC: since when the records that say so all hold; undefined: an open end, or nobody is recorded. */
  readonly since: string | undefined;
  readonly areas: readonly string[];
  /** Whether the disc within which it may stand reaches ground of which something else is said, or nothing. */
  readonly isUncertain: boolean;
  /** Actors that are recorded in the disc beside those at its middle. */
  readonly orActors: readonly string[];
  /** GeoJSON, degrees. */
  readonly geojson: string;
}

function sinceOf(covering: readonly SiteRow[]): string | undefined {
  const starts = covering.map(({ since }) => since);
  // Records that have always held do not say since when; the last that began does.
  return starts
    .filter((start) => start !== null)
    .sort()
    .at(-1);
}

function toSite(collection: string, rows: readonly SiteRow[]): Site {
  const { item, record, name, kind, geojson } = rows[0] as SiteRow;
  const covering = rows.filter((row) => row.is_inside === true);
  const around = rows.filter((row) => row.is_inside === false);
  const ground = groundOf(covering);
  const differs = around.some(
    (other) => !covering.some(({ actor, control }) => actor === other.actor && control === other.control),
  );
  const beyond = groundOf(around).actors.filter((actor) => !ground.actors.includes(actor));
  return {
    ...{ collection, item, record, name, kind, geojson, ...ground },
    since: sinceOf(covering),
    areas: covering.map(({ area }) => area as string),
    isUncertain: differs || covering.some((row) => row.reaches_out === true),
    orActors: beyond,
  };
}

/** Sites at an instant, by who holds the ground then. */
export async function findSites(
  { run }: Question,
  sites: readonly Selected[],
  control: readonly Selected[],
): Promise<Site[]> {
  const found: Site[] = [];
  for (const selected of sites) {
    const rows = new Map<number, SiteRow[]>();
    for (const row of await run<SiteRow>(sitesQuery(selected, control))) {
      const group = rows.get(row.item);
      if (group) group.push(row);
      else rows.set(row.item, [row]);
    }
    for (const group of rows.values()) found.push(toSite(selected.layer.id, group));
  }
  return found;
}

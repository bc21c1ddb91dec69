import { VersionNotKept } from './errors.ts';

interface Versioned {
  readonly id: string;
  readonly generation: number;
}

/** One of the versions of a layer that were ever published. */
export interface LayerVersion<Layer extends Versioned> {
  readonly generation: number;
  /** ISO 8601 UTC, milliseconds. */
  readonly publishedAt: string;
  /** The layer as it was; null when the records of that version are no longer kept. */
  readonly layer: (() => Layer) | null;
}

/**
 * Before which instant a record of a layer must have been recorded to be known before an instant (both ISO 8601 UTC,
 * milliseconds). Undefined: all that the version of that time holds was known, for it was served, whatever day its
 * records say they were recorded on. Before the first version only the records themselves say what was known.
 */
export function recordedBefore(
  { firstPublishedAt }: { readonly firstPublishedAt?: string },
  before: string | undefined,
): string | undefined {
  return before !== undefined && firstPublishedAt !== undefined && firstPublishedAt < before ? undefined : before;
}

/**
 * The layer as it was served just before the instant `before` (ISO 8601 UTC, milliseconds): the version published last
 * until then. Of a time before the first version it is the first one, whose records say when they were recorded.
 * `versions`: of one layer, the oldest first; `now` is the one in service.
 * @throws VersionNotKept
 */
export function versionBefore<Layer extends Versioned>(
  now: Layer,
  versions: readonly LayerVersion<Layer>[],
  before: string,
): Layer {
  const version = versions.findLast(({ publishedAt }) => publishedAt < before) ?? versions[0];
  if (!version || version.generation === now.generation) return now;
  if (version.layer) return version.layer();
  const kept = versions.find(({ layer, generation }) => layer !== null || generation === now.generation);
  throw new VersionNotKept(
    `The records of "${now.id}" as they were then (version ${version.generation}, published ${version.publishedAt}) are no longer kept. ` +
      `Ask for ${kept?.publishedAt ?? 'now'} or later.`,
  );
}

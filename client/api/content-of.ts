import type { LayerVersion } from './versions.ts';

/** The version whose records a version has: one that was brought back has those of another. */
export function contentOf(
  versions: readonly Pick<LayerVersion, 'generation' | 'restored'>[],
  generation: number,
): number {
  const restored = versions.find((version) => version.generation === generation)?.restored ?? null;
  return restored === null ? generation : contentOf(versions, restored);
}

import { windowedState } from '../../server/core/style/hexagon-count.ts';

interface Hexagon {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, unknown>>;
}

/** The number that a hexagon is drawn with: as the style has it, core/style/hexagon-count.ts. */
export function countOf(
  layer: string,
  { properties, state }: Hexagon,
  globalState: Readonly<Record<string, unknown>>,
): number {
  const held = globalState[windowedState(layer)] ? 0 : properties.count;
  return Number(state[`n${properties.resolution}`] ?? held ?? 0);
}

import { seeded } from '../random.ts';

/** A line of about 1,500 km with 41 vertices through the towns of the seeded points; another for each number. Degrees. */
export function wayThrough(number: number): { type: 'LineString'; coordinates: [number, number][] } {
  const random = seeded(1_500 + number);
  const corners: [number, number][] = [
    [-9, 12.5],
    [-6, 14],
    [-4, 15.5],
    [-2, 17],
    [3.2, 19],
  ];
  const coordinates = corners.slice(1).flatMap(([x, y], index): [number, number][] => {
    const [fromX, fromY] = corners[index] as [number, number];
    return Array.from({ length: 10 }, (_, step) => {
      const wander = () => 0.06 * (random() - 0.5);
      return [fromX + ((x - fromX) * step) / 10 + wander(), fromY + ((y - fromY) * step) / 10 + wander()];
    });
  });
  return { type: 'LineString', coordinates: [...coordinates, corners.at(-1) as [number, number]] };
}

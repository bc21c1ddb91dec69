import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Draws `server/http/pages/outlines.ts` from the countries of the base map: their outlines on a grid of a twentieth of a
 * degree, which is less than a pixel on the small maps of the pages.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const STEPS = 20;

type Ring = readonly (readonly [number, number])[];
interface Countries {
  readonly features: readonly {
    readonly properties: { readonly name: string };
    readonly geometry:
      | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
      | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };
  }[];
}

/** On the grid, south down as in a drawing; vertices that fall together, or lie on the way, are left out. */
function toGrid(ring: Ring): [number, number][] {
  const placed: [number, number][] = [];
  for (const [lon, lat] of ring) {
    const next: [number, number] = [Math.round(lon * STEPS), Math.round(-lat * STEPS)];
    const [last, before] = [placed.at(-1), placed.at(-2)];
    if (last && last[0] === next[0] && last[1] === next[1]) continue;
    const isOnTheWay =
      last &&
      before &&
      (last[0] - before[0]) * (next[1] - last[1]) === (last[1] - before[1]) * (next[0] - last[0]) &&
      (last[0] - before[0]) * (next[0] - last[0]) + (last[1] - before[1]) * (next[1] - last[1]) > 0;
    if (isOnTheWay) placed.pop();
    placed.push(next);
  }
  return placed;
}

/** Relative moves are short numbers. */
function toPath(points: readonly (readonly [number, number])[]): string {
  const moves = points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] as readonly [number, number];
    return `${x - fromX} ${y - fromY}`;
  });
  return `M${points[0]?.join(' ')}l${moves.join(' ').replaceAll(' -', '-')}z`;
}

const countries = JSON.parse(await readFile(path.join(ROOT, 'geodata/base/countries.geojson'), 'utf8')) as Countries;
const outlines = countries.features.flatMap(({ geometry, properties }) => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const parts = polygons.map((rings) => rings.map(toGrid).filter((ring) => ring.length > 3));
  return parts.flatMap((grids) => {
    const [outer] = grids;
    if (!outer) return [];
    const [xs, ys] = [outer.map(([x]) => x), outer.map(([, y]) => y)];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return [`  [${JSON.stringify(properties.name)}, [${box.join(', ')}], '${grids.map(toPath).join('')}'],`];
  });
});
await writeFile(
  path.join(ROOT, 'server/http/pages/outlines.ts'),
  `/** Units of \`OUTLINES\` to a degree. */
export const OUTLINE_STEPS = ${STEPS};

/**
 * Land by country around the map's area, from the layer \`countries\` (Natural Earth, public domain), drawn by
 * \`scripts/outlines.ts\`: name, [west, north, east, south], and an SVG path, x to the east, y to the south from the equator.
 */
// biome-ignore format: one line to a part of a country
export const OUTLINES: readonly (readonly [string, readonly [number, number, number, number], string])[] = [
${outlines.join('\n')}
];
`,
);

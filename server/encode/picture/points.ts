import type { MvtFeature } from '../mvt/layer.ts';
import { xml } from '../xml.ts';
import type { FilledTile, Part, Scene } from './part.ts';
import { readShape } from './read-shape.ts';

/** A feature with its place in the picture, pixels. */
export interface PlacedPoint {
  readonly feature: MvtFeature;
  readonly x: number;
  readonly y: number;
}

const LINE = 2;

const rounded = (number: number) => String(Math.round(number * 100) / 100);

/** The points that a tile holds within its own edges: those beyond are the next one's. */
function pointsIn(part: Part, tile: FilledTile): PlacedPoint[] {
  const scale = part.scaleIn(tile);
  return part.featuresIn(tile).flatMap((feature) =>
    feature.type === LINE
      ? []
      : readShape(feature.geometry).flatMap(([x = 0, y = 0]) => {
          const [left, top] = [x * scale, y * scale];
          const isOwn = left >= 0 && top >= 0 && left < tile.size && top < tile.size;
          return isOwn ? [{ feature, x: Math.round(tile.left + left), y: Math.round(tile.top + top) }] : [];
        }),
  );
}

/** The points of one style layer that the picture shows. */
export function pointsOf(part: Part, { tiles, frame }: Scene): PlacedPoint[] {
  return tiles
    .flatMap((tile) => pointsIn(part, tile))
    .filter(({ x, y }) => x >= 0 && y >= 0 && x <= frame.width && y <= frame.height);
}

/** Corners of the marks, from their middle in logical pixels, as core/style/sprite.ts draws them. */
const MARKS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  square: [[-6.4, -6.4], [6.4, -6.4], [6.4, 6.4], [-6.4, 6.4]], // biome-ignore format: a shape to a line
  diamond: [[0, -8.6], [8.6, 0], [0, 8.6], [-8.6, 0]], // biome-ignore format: a shape to a line
  triangle: [[0, -8.4], [8.2, 6], [-8.2, 6]], // biome-ignore format: a shape to a line
  cross: [
    ...([[-2.6, -8], [2.6, -8], [2.6, -2.6], [8, -2.6], [8, 2.6], [2.6, 2.6]] as const), // biome-ignore format: a shape to a line
    ...([[2.6, 8], [-2.6, 8], [-2.6, 2.6], [-8, 2.6], [-8, -2.6], [-2.6, -2.6]] as const), // biome-ignore format: a shape to a line
  ],
  dot: [[-2, -2], [2, -2], [2, 2], [-2, 2]], // biome-ignore format: a shape to a line
};

const mark = (corners: readonly (readonly [number, number])[], size: number, { x, y }: PlacedPoint) =>
  `M${corners.map(([dx, dy]) => `${rounded(x + dx * size)} ${rounded(y + dy * size)}`).join('L')}z`;

/** What lies beside one another in the order of drawing and looks alike, in one group. */
function grouped(looks: readonly (readonly [look: string, text: string])[]): [string, string][] {
  const groups: [string, string][] = [];
  for (const [look, text] of looks) {
    const last = groups.at(-1);
    if (last?.[0] === look) last[1] += text;
    else groups.push([look, text]);
  }
  return groups;
}

/** Points of one style layer, drawn as circles. */
export function circlesText(part: Part, scene: Scene): string {
  const drawn = pointsOf(part, scene).map((point) => {
    const of = (name: string, otherwise: number) => part.of(name, point.feature, otherwise);
    const [radius, width, opacity] = [of('circle-radius', 5), of('circle-stroke-width', 0), of('circle-opacity', 1)];
    const seen = opacity === 1 ? '' : ` fill-opacity="${rounded(opacity)}"`;
    const edge = xml` stroke="${part.of('circle-stroke-color', point.feature, '#000000')}" stroke-width="${rounded(width)}" stroke-opacity="${rounded(of('circle-stroke-opacity', 1))}"`;
    const look = xml`fill="${part.of('circle-color', point.feature, '#000000')}"` + seen + (width > 0 ? edge : '');
    return [look, `<circle cx="${point.x}" cy="${point.y}" r="${rounded(radius)}"/>`] as const;
  });
  return grouped(drawn)
    .map(([look, text]) => `<g ${look}>${text}</g>`)
    .join('');
}

/** As MapLibre draws marks: what lies further down over what lies above it, and of two at one place the first one on top. */
const inOrder = (points: readonly PlacedPoint[]) => points.toReversed().toSorted((a, b) => a.y - b.y);

/** Points of one style layer, drawn as the marks of the sprite. */
export function marksText(part: Part, scene: Scene, points = pointsOf(part, scene)): string {
  const drawn = inOrder(points).flatMap((point) => {
    const corners = MARKS[part.of('icon-image', point.feature, '')];
    if (!corners) return [];
    const edge = xml`stroke="${part.of('icon-halo-color', point.feature, '#ffffff')}" stroke-width="${rounded(part.of('icon-halo-width', point.feature, 0))}"`;
    const look = `${xml`fill="${part.of('icon-color', point.feature, '#000000')}"`} ${edge} paint-order="stroke"`;
    return [[look, mark(corners, part.of('icon-size', point.feature, 1), point)] as const];
  });
  return grouped(drawn)
    .map(([look, text]) => `<path ${look} d="${text}"/>`)
    .join('');
}

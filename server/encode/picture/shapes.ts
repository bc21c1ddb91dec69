import { xml } from '../xml.ts';
import type { FilledTile, Part, Scene } from './part.ts';
import { pathText } from './path-text.ts';
import { readShape } from './read-shape.ts';

const POLYGON = 3;

/** How a feature is drawn, as attributes of SVG; empty: not at all. */
type Dress = (part: Part, feature: Parameters<Part['of']>[1]) => string;

const rounded = (number: number) => String(Math.round(number * 100) / 100);

/** A rule of the style that comes to nothing leaves nothing to be drawn. */
const attribute = (name: string, value: number) => (value === 1 ? '' : ` ${name}="${rounded(value)}"`);

const area: Dress = (part, feature) => {
  const opacity = part.of('fill-opacity', feature, 1);
  const color = part.of('fill-color', feature, '#000000');
  const pattern = part.of<string | null>('fill-pattern', feature, null);
  if (opacity <= 0) return '';
  const fill = pattern === null ? color : `url(#${patternId(pattern, color)})`;
  const crisp = part.of('fill-antialias', feature, true) ? '' : ' shape-rendering="crispEdges"';
  return `${xml`fill="${fill}"`}${attribute('fill-opacity', opacity)}${crisp}`;
};

const line: Dress = (part, feature) => {
  const [opacity, width] = [part.of('line-opacity', feature, 1), part.of('line-width', feature, 1)];
  if (opacity <= 0 || width <= 0) return '';
  const dashes = part.list('line-dasharray').map((dash) => rounded(Number(dash) * width));
  const dashed = dashes.length === 0 ? '' : ` stroke-dasharray="${dashes.join(' ')}"`;
  const color = xml`fill="none" stroke="${part.of('line-color', feature, '#000000')}"`;
  const cap = part.of('line-cap', feature, 'butt') === 'butt' ? '' : ' stroke-linecap="round"';
  return `${color} stroke-width="${rounded(width)}" stroke-linejoin="round"${cap}${attribute('stroke-opacity', opacity)}${dashed}`;
};

/** Names a hatching in a colour, "#rrggbb". */
const patternId = (pattern: string, color: string) => `${pattern}-${color.replace(/[^\w]/g, '')}`;

function tileText(part: Part, tile: FilledTile, dress: Dress): string {
  const paths = new Map<string, string>();
  const scale = part.scaleIn(tile);
  for (const feature of part.featuresIn(tile)) {
    const look = dress(part, feature);
    if (look === '') continue;
    const text = readShape(feature.geometry)
      .map((ring) => pathText(ring, scale, feature.type === POLYGON))
      .join('');
    if (text !== '') paths.set(look, (paths.get(look) ?? '') + text);
  }
  if (paths.size === 0) return '';
  const drawn = [...paths].map(([look, text]) => `<path ${look} d="${text}"/>`).join('');
  // What a tile holds beyond its edge is the next one's to draw.
  return `<svg x="${tile.left}" y="${tile.top}" width="${tile.size}" height="${tile.size}">${drawn}</svg>`;
}

/** Areas and lines of one style layer, alike ones in one path. */
export function shapesText(part: Part, { tiles }: Scene): string {
  const dress = part.spec.type === 'fill' ? area : line;
  return tiles.map((tile) => tileText(part, tile, dress)).join('');
}

/** The hatchings that a text of SVG fills with: lines at 45 degrees, 8 pixels apart, as in the map's own images. */
export function patternsText(drawn: string): string {
  const used = new Set([...drawn.matchAll(/url\(#(\w+)-(\w+)\)/g)].map(([, pattern, color]) => `${pattern}-${color}`));
  const texts = [...used].map((id) => {
    const [pattern = '', color = ''] = id.split('-');
    const back = pattern === 'crosshatch' ? 'M-2 2l4-4M0 8l8-8M6 10l4-4' : '';
    const lines = `M-2 6l4 4M0 0l8 8M6-2l4 4${back}`;
    return `<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse"><path fill="none" stroke="#${color}" stroke-width="1.2" d="${lines}"/></pattern>`;
  });
  return texts.length === 0 ? '' : `<defs>${texts.join('')}</defs>`;
}

import { xml } from '../xml.ts';
import type { Part, Scene } from './part.ts';
import { marksText, type PlacedPoint, pointsOf } from './points.ts';

/** What letters of Noto Sans are wide on average, as a part of their size: small ones, and capitals. */
const LETTER = 0.55;
const CAPITAL = 0.66;
const LINE_HEIGHT = 1.2;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Name {
  readonly part: Part;
  readonly point: PlacedPoint;
  readonly lines: readonly string[];
  readonly size: number;
  readonly spacing: number;
  readonly order: number;
}

/** Lines of at most so many letters, broken between words. */
function linesOf(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function namesOf(part: Part, scene: Scene): Name[] {
  return pointsOf(part, scene).flatMap((point) => {
    const { feature } = point;
    const isUpper = part.of<string>('text-transform', feature, 'none') === 'uppercase';
    const written = String(part.of('text-field', feature, ''));
    const text = isUpper ? written.toUpperCase() : written;
    if (text === '') return [];
    const letter = isUpper ? CAPITAL : LETTER;
    return [
      {
        ...{ part, point, size: part.of('text-size', feature, 16) },
        lines: linesOf(text, part.of('text-max-width', feature, 10) / letter),
        spacing: part.of('text-letter-spacing', feature, 0),
        order: part.of('symbol-sort-key', feature, 0),
      },
    ];
  });
}

/** Where the middle of a name may lie, the best place first. */
function middlesOf(name: Name, width: number, height: number): readonly (readonly [number, number])[] {
  const { part, point, size } = name;
  const offset = part.of('text-radial-offset', point.feature, 0) * size;
  if (offset === 0) return [[point.x, point.y]];
  const [beside, below] = [offset + width / 2, offset + height / 2];
  return [
    [point.x, point.y + below],
    [point.x, point.y - below],
    [point.x + beside, point.y],
    [point.x - beside, point.y],
  ];
}

const meets = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function textOf({ lines, size, spacing, part, point }: Name, x: number, y: number): readonly [string, string] {
  const color = xml`fill="${part.of('text-color', point.feature, '#000000')}" stroke="${part.of('text-halo-color', point.feature, 'none')}"`;
  const halo = ` stroke-width="${part.of('text-halo-width', point.feature, 0) * 2}"`;
  const letters = spacing === 0 ? '' : ` letter-spacing="${spacing}em"`;
  const font = part.list('text-font').join();
  const kind = `${/SemiBold/.test(font) ? ' font-weight="600"' : ''}${/Italic/.test(font) ? ' font-style="italic"' : ''}`;
  const look = `${color}${halo} font-size="${Math.round(size * 10) / 10}"${letters}${kind}`;
  const first = y - ((lines.length - 1) * size * LINE_HEIGHT) / 2 + size * 0.35;
  const texts = lines.map((line, n) => {
    return xml`<text x="${Math.round(x)}" y="${Math.round(first + n * size * LINE_HEIGHT)}">${line}</text>`;
  });
  return [look, texts.join('')];
}

/**
 * The names that have room, of which the upper layer's come first, and of one layer's those with the lower sort key: each
 * whole within the picture and clear of the others, by letters of average width. `parts` from the ground up; names that run
 * along lines are left out.
 */
export function namesText(parts: readonly Part[], scene: Scene): string {
  const taken: Box[] = [];
  const groups = new Map<string, string>();
  const dots: string[] = [];
  const { width: right, height: bottom } = scene.frame;
  for (const part of parts.toReversed()) {
    if ('layout' in part.spec && part.spec.layout && 'symbol-placement' in part.spec.layout) continue;
    const shown: PlacedPoint[] = [];
    for (const name of namesOf(part, scene).toSorted((a, b) => a.order - b.order)) {
      const { lines, size, spacing, point } = name;
      const letter = part.of<string>('text-transform', point.feature, 'none') === 'uppercase' ? CAPITAL : LETTER;
      const width = Math.max(...lines.map((line) => line.length)) * size * (letter + spacing);
      const height = lines.length * size * LINE_HEIGHT;
      const room = part.of('text-padding', point.feature, 2);
      for (const [x, y] of middlesOf(name, width, height)) {
        const [aside, above] = [width / 2 + room, height / 2 + room];
        const box = { left: x - aside, right: x + aside, top: y - above, bottom: y + above };
        const isWhole = box.left >= 0 && box.top >= 0 && box.right <= right && box.bottom <= bottom;
        if (!isWhole || taken.some((other) => meets(other, box))) continue;
        const [look, text] = textOf(name, x, y);
        groups.set(look, (groups.get(look) ?? '') + text);
        taken.push(box);
        shown.push(point);
        break;
      }
    }
    dots.push(marksText(part, scene, shown));
  }
  const texts = [...groups].map(([look, text]) => `<g ${look}>${text}</g>`).join('');
  return `${dots.join('')}<g text-anchor="middle" paint-order="stroke" stroke-linejoin="round">${texts}</g>`;
}

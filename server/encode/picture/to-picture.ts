import type { LayerSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { xml } from '../xml.ts';
import { namesText } from './names.ts';
import { type Part, partOf, type Scene } from './part.ts';
import { circlesText, marksText } from './points.ts';
import { patternsText, shapesText } from './shapes.ts';

export interface PictureParts extends Scene {
  readonly style: StyleSpecification;
  /** Layers of the catalogue that are drawn, whether the style shows them or not. */
  readonly layers: ReadonlySet<string>;
  /** What the picture shows, for who cannot see it. */
  readonly label: string;
}

const layerOf = ({ metadata }: LayerSpecification) =>
  (metadata as Record<string, unknown> | undefined)?.['azalai:layer'] as string | undefined;

function drawn(part: Part, scene: Scene): string {
  switch (part.spec.type) {
    case 'fill':
    case 'line':
      return shapesText(part, scene);
    case 'circle':
      return circlesText(part, scene);
    default:
      return isName(part) ? '' : marksText(part, scene);
  }
}

const isName = ({ spec }: Part) => spec.type === 'symbol' && spec.layout?.['text-field'] !== undefined;

/**
 * The map as a drawing: the layers of the style one over the other, in its own colours, from the features of tiles, in whole
 * pixels. No script, no style sheet, no address: it may stand in a page as it is. What it leaves out: names along lines,
 * arrows, and the icons of what is under the pointer.
 */
export function toPicture({ style, layers, label, ...scene }: PictureParts): string {
  const { width, height, zoom } = scene.frame;
  const specs = style.layers.filter((spec) => {
    const isDue = zoom >= (spec.minzoom ?? 0) && zoom < (spec.maxzoom ?? Number.POSITIVE_INFINITY);
    return isDue && layers.has(layerOf(spec) ?? '');
  });
  const parts = specs.flatMap((spec) => (spec.type === 'background' ? [] : [partOf(spec, scene)]));
  const ground = style.layers.find((spec) => spec.type === 'background');
  const sea = String(ground?.paint?.['background-color'] ?? '#ffffff');
  const body = parts.map((part) => drawn(part, scene)).join('') + namesText(parts.filter(isName), scene);
  const size = xml`width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="Noto Sans,sans-serif"${xml` aria-label="${label}"`}>`;
  return `${head}${patternsText(body)}${xml`<rect width="${width}" height="${height}" fill="${sea}"/>`}${body}</svg>`;
}

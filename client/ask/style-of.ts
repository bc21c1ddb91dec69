import type { Style } from '../../server/core/layer.ts';
import type { ResultPart } from '../api/processes.ts';

type Drawn = Extract<Style, { type: 'circle' | 'line' | 'fill' }>;

/** As kept results are drawn that say nothing of their own. */
const COLOR = '#6b4c9a';

/** How a part of a result is drawn: as it says, else in one colour. */
export function styleOf({ style, features }: ResultPart): Drawn {
  if (style?.type === 'circle' || style?.type === 'line' || style?.type === 'fill') return style;
  const type = features[0]?.geometry.type ?? 'Polygon';
  if (type.endsWith('Point')) return { type: 'circle', color: COLOR, radius: 5, shape: 'circle', uncertainty: false };
  if (type.endsWith('LineString')) return { type: 'line', color: COLOR, width: 3, arrows: false };
  return { type: 'fill', color: COLOR, opacity: 0.35, outline: true };
}

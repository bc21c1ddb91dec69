import type { Style } from '../../server/core/layer.ts';
import { RESULT_COLOR } from '../../server/core/palette.ts';
import { markStyleOnGround } from '../../server/core/style/on-dark.ts';
import type { Theme } from '../../server/core/theme.ts';
import type { ResultPart } from '../api/processes.ts';

type Drawn = Extract<Style, { type: 'circle' | 'line' | 'fill' }>;

/** How a part of a result is drawn on the ground of a theme: as it says, else in one colour, as kept results are. */
export function styleOf(part: ResultPart, theme: Theme): Drawn {
  return markStyleOnGround(onLight(part), theme);
}

function onLight({ style, features }: ResultPart): Drawn {
  if (style?.type === 'circle' || style?.type === 'line' || style?.type === 'fill') return style;
  const type = features[0]?.geometry.type ?? 'Polygon';
  if (type.endsWith('Point'))
    return { type: 'circle', color: RESULT_COLOR, radius: 5, shape: 'circle', uncertainty: false };
  if (type.endsWith('LineString')) return { type: 'line', color: RESULT_COLOR, width: 3, arrows: false };
  return { type: 'fill', color: RESULT_COLOR, opacity: 0.35, outline: true };
}

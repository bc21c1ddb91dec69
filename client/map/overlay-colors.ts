import { MARK_COLORS } from '../state/mark-colors.ts';
import { theme } from '../state/theme.ts';

/** Of what is painted over the map. Reads the theme. */
export const overlayColors = () => MARK_COLORS[theme.value];

/** The page's small type. */
export const OVERLAY_FONT = "600 11px 'Noto Sans', sans-serif";

/** A text that can be read on any ground. */
export function paintText(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  const { ink, halo } = overlayColors();
  context.font = OVERLAY_FONT;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

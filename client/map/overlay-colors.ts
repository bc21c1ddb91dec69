import { theme } from '../state/theme.ts';

/** Ink of what is painted over the map, and what lies behind it so that it can be read on any ground. */
const COLORS = {
  light: { line: 'rgb(29 39 48 / 38%)', ink: '#1d2730', halo: 'rgb(255 255 255 / 85%)', strong: '#8a3b12' },
  dark: { line: 'rgb(233 237 239 / 34%)', ink: '#e9edef', halo: 'rgb(20 28 33 / 85%)', strong: '#f2a97f' },
} as const;

/** Reads the theme. */
export const overlayColors = () => COLORS[theme.value];

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

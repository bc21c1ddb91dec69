import { MARK_COLORS } from '../state/mark-colors.ts';
import { theme } from '../state/theme.ts';

/** What sets a mark off from the ground that it lies on, as the map is drawn now. */
export const halo = (): string => MARK_COLORS[theme.peek()].casing;

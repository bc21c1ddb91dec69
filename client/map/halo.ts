import { theme } from '../state/theme.ts';

/** What sets a mark off from the ground that it lies on, as the map is drawn now. */
export const halo = (): string => (theme.peek() === 'dark' ? '#141c21' : '#ffffff');

import { signal } from '@preact/signals';

/** Lines over the map: none, of latitude and longitude, or of MGRS. */
export const GRIDS = ['none', 'degrees', 'mgrs'] as const;
export const grid = signal<(typeof GRIDS)[number]>('none');

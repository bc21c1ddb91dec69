import { signal } from '@preact/signals';

/** Degrees on WGS 84. */
export interface Position {
  readonly lon: number;
  readonly lat: number;
}

/** Under the pointer; null while there is none over the map. */
export const pointerAt = signal<Position | null>(null);
/** The middle of the map, while it moves too; null before there is a map. */
export const centreAt = signal<Position | null>(null);
/** Where on the map the read-out stands; null before there is a map. */
export const readOutPlace = signal<HTMLElement | null>(null);
/** Degrees across a pixel of the map: no position that is read off it is more exact. */
export const degreesPerPixel = signal(1);

export const POSITION_FORMS = ['decimal', 'dms'] as const;
export const positionForm = signal<(typeof POSITION_FORMS)[number]>('decimal');

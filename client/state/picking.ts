import { signal } from '@preact/signals';

/** A feature of the map is to be taken as a part of a question. */
export interface Picking {
  /** Of the bar over the map. */
  readonly title: string;
  /** Whether records of this layer will do. */
  accepts(layer: string): boolean;
  /** `id`: its number in tiles and items. */
  onPicked(layer: string, id: number): void;
}

/** Null while nothing is to be picked. */
export const picking = signal<Picking | null>(null);
/** Whether the last click found nothing that will do. */
export const hasMissed = signal(false);

export function startPicking(next: Picking): void {
  hasMissed.value = false;
  picking.value = next;
}

export function stopPicking(): void {
  picking.value = null;
}

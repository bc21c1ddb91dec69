import type { Process } from './process.ts';

/** Every question that can be asked, in the order of the list. */
export const PROCESSES: readonly Process[] = [];

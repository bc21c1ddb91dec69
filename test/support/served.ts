import { setTimeout as pause } from 'node:timers/promises';
import type { TestServer } from './server.ts';

/** Waits until the server has heard of a version that was published beside it. */
export async function served({ context }: TestServer, layer: string, generation: number): Promise<void> {
  const isServed = () => context.catalogue().layers.some((each) => each.id === layer && each.generation >= generation);
  while (!isServed()) await pause(10);
}

import { signal } from '@preact/signals';

/** Rises with each change that is made here: what is shown is read anew. */
export const writes = signal(0);
/** What was done last, for those who do not see it. */
export const said = signal('');

export function written(text: string): void {
  said.value = text;
  writes.value += 1;
}

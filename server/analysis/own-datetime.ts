import { InvalidParameter } from '../core/errors.ts';
import type { Selection } from './inputs.ts';

/**
 * Refuses a time of its own in an entry of an input that is looked at when the whole question says: it would be passed over.
 * @param instead what says the time here
 * @throws InvalidParameter
 */
export function refuseOwnDatetime(input: string, selections: readonly Selection[] | undefined, instead: string): void {
  const own = (selections ?? []).find((each) => typeof each !== 'string' && each.datetime !== undefined);
  if (typeof own !== 'object') return;
  const detail = `"${own.collection}" is given a datetime of its own, which ${input} does not take here: ${instead}.`;
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

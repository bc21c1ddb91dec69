import type { Watch } from '../../server/core/watch.ts';
import { showAddress } from '../address.ts';
import { beginQuestion } from '../state/question.ts';
import { openAsk } from '../state.ts';

/** Shows a watched question as it was saved, on its map; of one that was saved without a map its form. */
export function showQuestion({ address, process, inputs }: Pick<Watch, 'address' | 'process' | 'inputs'>): void {
  if (address !== '') {
    showAddress(address);
    return;
  }
  beginQuestion(process, { inputs });
  openAsk(process);
}

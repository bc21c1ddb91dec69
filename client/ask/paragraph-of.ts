import type { Language } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';

/** What was found, without the caveats that end the paragraph of a result: they are listed below it. */
export function paragraphOf({ text, caveats }: Pick<ProcessResult, 'text' | 'caveats'>, lang: Language): string {
  const said = caveats.map((caveat) => caveat.text[lang]).join(' ');
  const whole = text[lang];
  return said !== '' && whole.endsWith(said) ? whole.slice(0, -said.length).trimEnd() : whole;
}

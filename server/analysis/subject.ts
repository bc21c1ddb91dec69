import type { Language, Localized } from '../core/layer.ts';
import type { Selected } from './select.ts';
import { inWords } from './words.ts';

/** What is counted or summed, of which collections: "events (A and B)", "Killed, summed over the events (A)". */
export function subjectOf(selected: readonly Selected[], measure: string | undefined): Localized {
  const layers = selected.map(({ layer }) => layer);
  const of = (lang: Language) => inWords(lang).list(layers.map(({ title }) => title[lang]));
  if (measure === undefined) return { en: `events (${of('en')})`, fr: `événements (${of('fr')})` };
  const title = layers[0]?.fields.find(({ name }) => name === measure)?.title ?? { en: measure, fr: measure };
  return {
    en: `${title.en}, summed over the events (${of('en')}),`,
    fr: `${title.fr}, somme sur les événements (${of('fr')})`,
  };
}

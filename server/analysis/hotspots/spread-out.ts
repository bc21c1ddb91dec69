import type { Caveat } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { Spread } from './spread.ts';

/** What became of imprecise events that were shared out. */
export function spreadOut({ count: spread, left, inside }: Pick<Spread, 'count' | 'left' | 'inside'>): Caveat[] {
  if (spread === 0) return [];
  const away = Math.max(0, spread - left - inside);
  const [en, fr] = (['en', 'fr'] as const).map((lang) => inWords(lang).number(away, 1)) as [string, string];
  return [
    {
      code: 'imprecise-spread',
      text: {
        en: `${count('en', spread, 'imprecise event is', 'imprecise events are')} spread in equal shares over the hexagons that their circles of precision meet: ${en} of their weight fell outside the study area, and ${inWords('en').number(left)} could not be spread. Spread events make neighbours alike, and so warm ground look wider.`,
        fr: `${count('fr', spread, 'événement imprécis est réparti', 'événements imprécis sont répartis')} à parts égales entre les hexagones que touchent leurs cercles de précision : ${fr} de leur poids est tombé hors de la zone d’étude, et ${inWords('fr').number(left)} n’ont pu être répartis. Des événements répartis rendent les voisins semblables et font paraître plus larges les zones chaudes.`,
      },
    },
  ];
}

import type { Language, Localized } from '../../core/layer.ts';
import type { Ground, GroundState } from '../ground.ts';
import { UNNAMED } from '../ground.ts';
import type { Selected } from '../select.ts';
import { titleOf } from '../timeline/control-layers.ts';
import { count, inWords } from '../words.ts';
import type { CrossingsNumbers } from './numbers.ts';

type AtDate = CrossingsNumbers['dates'][number];
type Layers = readonly Selected['layer'][];

/** Manners of holding that are named in a sentence; the others are many small ones. */
const NAMED = 4;

const STATES: Record<Language, Record<GroundState, (actors: string) => string>> = {
  en: {
    held: (actors) => `held by ${actors}`,
    contested: (actors) => `contested (${actors})`,
    influence: (actors) => `under the influence of ${actors}`,
    overlap: (actors) => `recorded under several actors (${actors})`,
    'not recorded': () => 'where nobody is recorded',
  },
  fr: {
    held: (actors) => `en terrain tenu (${actors})`,
    contested: (actors) => `en terrain contesté (${actors})`,
    influence: (actors) => `en terrain sous influence (${actors})`,
    overlap: (actors) => `en terrain où plusieurs acteurs sont signalés (${actors})`,
    'not recorded': () => 'où personne n’est signalé',
  },
};

function groundInWords(lang: Language, layers: Layers, { state, actors }: Ground): string {
  const named = actors.map((actor) => titleOf(layers, 'actor', actor === UNNAMED ? null : actor)[lang]);
  return STATES[lang][state](inWords(lang).list(named));
}

function corridorsInWords(
  lang: Language,
  layers: Layers,
  { corridors, km, total, flows_left_out: flows }: AtDate,
): string {
  const { number, percent, list } = inWords(lang);
  const shares = list(
    total.slice(0, NAMED).map((cell) => `${percent(cell.share)} ${groundInWords(lang, layers, cell)}`),
  );
  if (lang === 'en') {
    const left =
      flows === 0 ? '' : ` ${count('en', flows, 'flow is', 'flows are')} left out: only the far ends are known.`;
    if (corridors.length === 0) return `no corridor is recorded.${left}`;
    return `of the ${number(km)} km of ${count('en', corridors.length, 'corridor', 'corridors')}, ${shares}.${left}`;
  }
  const left =
    flows === 0
      ? ''
      : ` ${count('fr', flows, 'flux est écarté', 'flux sont écartés')} : seules les extrémités sont connues.`;
  if (corridors.length === 0) return `aucun corridor n’est signalé.${left}`;
  return `sur les ${number(km)} km de ${count('fr', corridors.length, 'corridor', 'corridors')}, ${shares}.${left}`;
}

function sitesInWords(lang: Language, layers: Layers, { sites }: AtDate): string {
  if (sites.length === 0) return '';
  const groups = new Map<string, number>();
  for (const site of sites) {
    const words = groundInWords(lang, layers, site);
    groups.set(words, (groups.get(words) ?? 0) + 1);
  }
  const sorted = [...groups].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const { number, list } = inWords(lang);
  const said = list(sorted.map(([words, sum]) => `${number(sum)} ${words}`));
  const uncertain = sites.filter(({ certainty }) => certainty === 'uncertain').length;
  if (lang === 'en') {
    const doubt =
      uncertain === 0
        ? ''
        : ` Of ${number(uncertain)} it is uncertain: the ground where the site may stand is not all held alike.`;
    return ` Ground of ${count('en', sites.length, 'site', 'sites')}: ${said}.${doubt}`;
  }
  const doubt =
    uncertain === 0
      ? ''
      : ` Pour ${number(uncertain)}, c’est incertain : le terrain où le site peut se trouver n’est pas tenu partout de même.`;
  return ` Terrain de ${count('fr', sites.length, 'site', 'sites')} : ${said}.${doubt}`;
}

/** The first and the last instant; what is between stands in the numbers. */
export function tell(numbers: CrossingsNumbers, layers: Layers): Localized {
  const { dates } = numbers;
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) {
    return {
      en: 'No change of control is recorded: give a date.',
      fr: 'Aucun changement de contrôle n’est signalé : indiquez une date.',
    };
  }
  const told = first === last ? [first] : [first, last];
  const at = (lang: Language, date: AtDate) =>
    `${corridorsInWords(lang, layers, date)}${sitesInWords(lang, layers, date)}`;
  return {
    en: told.map((date) => `On ${inWords('en').day(date.at)}, ${at('en', date)}`).join(' '),
    fr: told.map((date) => `Au ${inWords('fr').day(date.at)}, ${at('fr', date)}`).join(' '),
  };
}

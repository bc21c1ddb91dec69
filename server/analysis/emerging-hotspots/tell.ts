import type { Language, Localized } from '../../core/layer.ts';
import { STEP_NOUNS } from '../step-nouns.ts';
import { subjectOf } from '../subject.ts';
import { count, eventsInWords, inWords } from '../words.ts';
import { FEWEST_EVENTS } from './classify.ts';
import type { Look } from './look.ts';
import { CLASSES, type EmergingNumbers } from './numbers.ts';
import { CLASS_TITLES, countOfClass, REASONS } from './words.ts';

/** Classified hexagons of which it is said where they are. */
const NAMED = 3;

function periodOf(lang: Language, { given, time: { steps } }: Look): string {
  const [first, last] = [steps[0], steps.at(-1)];
  const [one, many] = STEP_NOUNS[given.step][lang];
  const number = count(lang, steps.length, one, many);
  if (!first || !last) return number;
  const [from, to] = [first.from, last.to].map(inWords(lang).day);
  return lang === 'en' ? `${number} (from ${from} to before ${to})` : `${number} (du ${from} au ${to} exclu)`;
}

/** Of hexagons that would be hot, were they so by more events. */
function fewInWords(lang: Language, few: number): string {
  if (few === 0) return '';
  return lang === 'en'
    ? ` ${count('en', few, 'more would be hot, but by', 'more would be hot, but each by')} fewer than ${FEWEST_EVENTS} events: too few to tell.`
    : ` ${count('fr', few, 'autre serait chaud', 'autres seraient chauds')}, mais par moins de ${FEWEST_EVENTS} événements : trop peu pour conclure.`;
}

function classesInWords(lang: Language, numbers: EmergingNumbers): string {
  const { classes } = numbers;
  if (!classes) return REASONS[numbers.not_defined ?? 'all-zero'][lang];
  const { number, list } = inWords(lang);
  const found = CLASSES.filter((each) => each !== 'none' && each !== 'too_few' && classes[each] > 0);
  const all = found.reduce((sum, each) => sum + classes[each], 0);
  const hot = `${number(numbers.steps_hot ?? 0)}`;
  const cold = `${number(numbers.steps_cold ?? 0)}`;
  const tests = number(numbers.tests ?? 0);
  const names = list(found.map((each) => countOfClass(lang, each, classes[each])));
  const few = fewInWords(lang, classes.too_few);
  const corrected =
    lang === 'en'
      ? `Of ${tests} hexagons and steps, ${hot} are hot and ${cold} cold at ${number(numbers.confidence, 1)} %, corrected for their number.`
      : `Sur ${tests} couples hexagone-période, ${hot} sont chauds et ${cold} froids à ${number(numbers.confidence, 1)} %, après correction pour leur nombre.`;
  if (all === 0)
    return lang === 'en'
      ? `${corrected} No hexagon has a class.${few}`
      : `${corrected} Aucun hexagone n’a de classe.${few}`;
  return lang === 'en'
    ? `${corrected} ${count('en', all, 'hexagon has', 'hexagons have')} a class: ${names}.${few}`
    : `${corrected} ${count('fr', all, 'hexagone a', 'hexagones ont')} une classe : ${names}.${few}`;
}

function firstInWords(lang: Language, { classified, steps }: EmergingNumbers): string {
  const { number, list, position } = inWords(lang);
  const named = classified
    .filter((each) => each.class !== 'too_few')
    .slice(0, NAMED)
    .map((hexagon) => {
      const { class: of, events, steps_hot, steps_cold } = hexagon;
      const title = CLASS_TITLES[of][lang].toLowerCase();
      const [heat, many] = of.endsWith('_hot') ? ['hot', steps_hot] : ['cold', steps_cold];
      return lang === 'en'
        ? `around ${position(hexagon)} (${title}, ${heat} in ${number(many)} of ${number(steps.length)} steps, ${eventsInWords('en', events)})`
        : `autour de ${position(hexagon)} (${title}, ${heat === 'hot' ? 'chaud' : 'froid'} sur ${count('fr', many, 'période', 'périodes')} parmi ${number(steps.length)}, ${eventsInWords('fr', events)})`;
    });
  if (named.length === 0) return '';
  return lang === 'en' ? ` First of the list: ${list(named)}.` : ` En tête de liste : ${list(named)}.`;
}

function tellIn(lang: Language, look: Look, numbers: EmergingNumbers): string {
  const { study, given } = look;
  const what = subjectOf(look.selected, given.measure);
  const { number } = inWords(lang);
  const [one] = STEP_NOUNS[given.step][lang];
  const reason = study.recommended ? ` ${study.recommended.reason[lang]}` : '';
  const [noun, nouns] = lang === 'en' ? (['hexagon', 'hexagons'] as const) : (['hexagone', 'hexagones'] as const);
  const [hexagons, occupied] = [numbers.hexagons, numbers.occupied].map((each) => count(lang, each, noun, nouns));
  const title = study.title[lang];
  if (lang === 'en') {
    const counted = eventsInWords('en', numbers.events.counted);
    const about = `Emerging hotspots of ${what.en} in ${title}: ${hexagons} of H3 resolution ${study.resolution} (${number(study.areaKm2)} km²; at the edge they reach beyond the area), ${periodOf('en', look)}, ${counted} in ${occupied}.${reason}`;
    const how = ` A hexagon is compared with its ${count('en', given.ring, 'ring', 'rings')} of neighbours in the same ${one} and the one before.`;
    const meaning = 'Hot is where reports are denser than elsewhere and at other times, not where danger is proven.';
    return `${about}${how} ${classesInWords('en', numbers)}${firstInWords('en', numbers)} ${meaning}`;
  }
  const counted = eventsInWords('fr', numbers.events.counted);
  const about = `Points chauds émergents : ${what.fr}, dans ${title} : ${hexagons} H3 de résolution ${study.resolution} (${number(study.areaKm2)} km² ; au bord, ils dépassent la zone), ${periodOf('fr', look)}, ${counted} dans ${occupied}.${reason}`;
  const how = ` Un hexagone est pris avec ${given.ring === 1 ? 'sa couronne' : `ses ${given.ring} couronnes`} de voisins, sur la même période (${one}) et la précédente.`;
  const meaning =
    'Chaud : les signalements y sont plus denses qu’ailleurs et qu’à d’autres moments, sans que le danger soit établi.';
  return `${about}${how} ${classesInWords('fr', numbers)}${firstInWords('fr', numbers)} ${meaning}`;
}

export const tell = (look: Look, numbers: EmergingNumbers): Localized => ({
  en: tellIn('en', look, numbers),
  fr: tellIn('fr', look, numbers),
});

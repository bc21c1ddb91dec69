import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import type { Given } from './inputs.ts';
import type { Numbers } from './numbers.ts';

const km = (lang: Language, value: number) => inWords(lang).distance(value * 1_000);

/** What is spread, as a noun behind a number. */
function ofWhat(lang: Language, measure: Localized | undefined, value: number): string {
  if (measure) return { en: `(${measure.en})`, fr: `(${measure.fr})` }[lang];
  return { en: 'events', fr: value < 2 ? 'événement' : 'événements' }[lang];
}

function ruleInWords(
  lang: Language,
  { bandwidth: { rule_km, standard_distance_km, median_distance_km } }: Numbers,
): string {
  if (rule_km === undefined) {
    return {
      en: 'Silverman’s rule says nothing here: the events are all at one place',
      fr: 'la règle de Silverman ne dit rien ici : tous les événements sont au même endroit',
    }[lang];
  }
  const [standard, median] = [km(lang, standard_distance_km ?? 0), km(lang, median_distance_km ?? 0)];
  return {
    en: `Silverman’s rule, from the standard distance of the events (${standard}), their median distance from the middle (${median}) and their number, says ${km('en', rule_km)}`,
    fr: `la règle de Silverman, d’après la distance standard des événements (${standard}), leur distance médiane au centre (${median}) et leur nombre, donne ${km('fr', rule_km)}`,
  }[lang];
}

function bandwidthInWords(lang: Language, numbers: Numbers): string {
  const { by, median_precision_km: precision = 0 } = numbers.bandwidth;
  const width = km(lang, numbers.bandwidth.km);
  const rule = ruleInWords(lang, numbers);
  if (lang === 'en') {
    const begun = `Each event is spread over a radius of ${width} (quartic kernel)`;
    return {
      given: `${begun}, as was asked; ${rule}.`,
      silverman: `${begun}, which is recommended: ${rule}. The rule is a beginning: around several centres it spreads too far.`,
      precision: `${begun}, which is recommended: half of the positions are known to within ${km('en', precision)}, and no smaller radius is taken; ${rule}.`,
      least: `${begun}, the least that is recommended; ${rule}.`,
      most: `${begun}, the most that can be taken; ${rule}.`,
    }[by];
  }
  const begun = `Chaque événement est étalé sur un rayon de ${width} (noyau quartique)`;
  return {
    given: `${begun}, comme demandé ; ${rule}.`,
    silverman: `${begun}, recommandé : ${rule}. La règle est un point de départ : autour de plusieurs centres, elle étale trop.`,
    precision: `${begun}, recommandé : la moitié des positions sont connues à ${km('fr', precision)} près, et aucun rayon plus petit n’est pris ; ${rule}.`,
    least: `${begun}, le plus petit qui soit recommandé ; ${rule}.`,
    most: `${begun}, le plus grand possible ; ${rule}.`,
  }[by];
}

function peakInWords(lang: Language, measure: Localized | undefined, { peak }: Numbers): string[] {
  if (!peak) return [];
  const { rate, position } = inWords(lang);
  const at = position(peak);
  const monthly = peak.monthly === undefined ? undefined : rate(peak.monthly);
  const month = monthly === undefined ? '' : { en: ` (${monthly} per month)`, fr: ` (${monthly} par mois)` }[lang];
  return [
    {
      en: `The highest density is ${rate(peak.density)} ${ofWhat('en', measure, peak.density)} per 1,000 km² in the window${month}, at ${at}.`,
      fr: `La densité la plus forte est de ${rate(peak.density)} ${ofWhat('fr', measure, peak.density)} par 1 000 km² sur la période${month}, à ${at}.`,
    }[lang],
  ];
}

/** The level that is told: that of a half, or the nearest. */
function toldLevel({ levels }: Numbers) {
  const drawn = levels.filter(({ polygons }) => polygons > 0);
  return drawn.toSorted((a, b) => Math.abs(a.share - 0.5) - Math.abs(b.share - 0.5))[0];
}

function levelInWords(lang: Language, { level_of }: Given, numbers: Numbers): string[] {
  const level = toldLevel(numbers);
  if (!level) return [];
  const { number, percent } = inWords(lang);
  const [share, area] = [percent(level.share, 1), number(level.area_km2, level.area_km2 < 100 ? 1 : 0)];
  const areas = {
    en: count('en', level.polygons, 'area', 'areas'),
    fr: count('fr', level.polygons, 'zone', 'zones'),
  }[lang];
  if (lang === 'en') {
    const what =
      level_of === 'peak' ? `At least ${share} of that is reached` : `The densest ${share} of the surface lie`;
    return [
      `${what} on ${area} km² in ${areas}, with ${number(level.events)} of ${count('en', numbers.events, 'event', 'events')}.`,
    ];
  }
  const what =
    level_of === 'peak'
      ? `Au moins ${share} de ce maximum est atteint`
      : `Les ${share} les plus denses de la surface se trouvent`;
  return [
    `${what} sur ${area} km², en ${areas}, avec ${count('fr', level.events, 'événement', 'événements')} sur ${number(numbers.events)}.`,
  ];
}

function begin(lang: Language, measure: Localized | undefined, { events, total, not_defined: lack }: Numbers): string {
  const all = count(lang, events, lang === 'en' ? 'event' : 'événement', lang === 'en' ? 'events' : 'événements');
  if (lack === 'no-events') {
    return {
      en: 'There is no event to be spread, and no density.',
      fr: 'Il n’y a aucun événement à étaler, et pas de densité.',
    }[lang];
  }
  if (lack) {
    return {
      en: `“${measure?.en}” is 0 or not known of all ${all}: there is no density.`,
      fr: `« ${measure?.fr} » est nul ou inconnu pour tous (${all}) : il n’y a pas de densité.`,
    }[lang];
  }
  const sum = inWords(lang).number(total, 2);
  if (!measure) return { en: `Density of ${all}.`, fr: `Densité : ${all}.` }[lang];
  return {
    en: `Density of “${measure.en}”, ${sum} in ${all}.`,
    fr: `Densité de « ${measure.fr} » : ${sum} pour ${all}.`,
  }[lang];
}

function inLanguage(lang: Language, inputs: Given, numbers: Numbers, measure: Localized | undefined): string {
  const first = begin(lang, measure, numbers);
  if (numbers.not_defined) return first;
  return [
    first,
    bandwidthInWords(lang, numbers),
    ...peakInWords(lang, measure, numbers),
    ...levelInWords(lang, inputs, numbers),
  ].join(' ');
}

/**
 * What was found, in whole sentences.
 * @param measure what the field is called that is summed; absent where events are counted
 */
export const tell = (inputs: Given, numbers: Numbers, measure: Localized | undefined): Localized => ({
  en: inLanguage('en', inputs, numbers, measure),
  fr: inLanguage('fr', inputs, numbers, measure),
});

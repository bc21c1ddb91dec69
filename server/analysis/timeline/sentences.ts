import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import { titleOf } from './control-layers.ts';
import { lastDay, toInstant } from './day.ts';
import type { TimelineNumbersIn } from './numbers.ts';
import type { Held } from './spans.ts';
import type { ToldSpan } from './told-spans.ts';

/** More would not be read. */
const SPANS = 12;
const ACTORS = 8;

const day = (lang: Language, time: number) => inWords(lang).day(new Date(time).toISOString());

function when(lang: Language, { from, to }: Held): string {
  const isOpen = [!Number.isFinite(from), !Number.isFinite(to)];
  if (isOpen[0] && isOpen[1]) return { en: 'at all times', fr: 'en tout temps' }[lang];
  if (isOpen[1]) return `${{ en: 'since', fr: 'depuis le' }[lang]} ${day(lang, from)}`;
  const last = inWords(lang).day(lastDay(to));
  if (isOpen[0]) return `${{ en: 'until', fr: 'jusqu’au' }[lang]} ${last}`;
  const first = day(lang, from);
  if (first === last) return `${{ en: 'on', fr: 'le' }[lang]} ${first}`;
  return { en: `from ${first} to ${last}`, fr: `du ${first} au ${last}` }[lang];
}

const NOBODY = { en: 'not recorded', fr: 'non renseigné' } as const;
const PERHAPS = { en: 'perhaps', fr: 'peut-être' } as const;

/** Names the layers know: of actors and of kinds of control. */
type Layers = readonly PublishedLayer[];

function ofPoint(lang: Language, layers: Layers, { claims }: ToldSpan): string {
  if (claims.length === 0) return NOBODY[lang];
  const entries = claims.map(({ actor, control, certainty }) => {
    const how = control === null ? '' : ` (${titleOf(layers, 'control', control)[lang]})`;
    const who = `${titleOf(layers, 'actor', actor)[lang]}${how}`;
    return certainty === 'uncertain' ? `${PERHAPS[lang]} ${who}` : who;
  });
  return inWords(lang).list([...new Set(entries)]);
}

function ofArea(lang: Language, layers: Layers, shares: NonNullable<ToldSpan['shares']>): string {
  const { list, percent } = inWords(lang);
  return shares
    .map(({ actors, share }) => {
      const who = list(actors.map((actor) => titleOf(layers, 'actor', actor)[lang])) || NOBODY[lang];
      const together = actors.length > 1 ? { en: ' together', fr: ' ensemble' }[lang] : '';
      return `${who}${together} ${percent(share, share < 0.01 ? 2 : 0)}`;
    })
    .join(', ');
}

/** Who was there, span by span. */
export function spansInWords(lang: Language, layers: Layers, title: string, spans: readonly ToldSpan[]): string {
  const colon = { en: ': ', fr: ' : ' }[lang];
  if (spans.length === 0) {
    const nothing = { en: 'nobody is recorded at any time', fr: 'personne n’est signalé, à aucune date' };
    return `${title}${colon}${nothing[lang]}.`;
  }
  const told = spans.slice(0, SPANS).map((span) => {
    const who = span.shares ? ofArea(lang, layers, span.shares) : ofPoint(lang, layers, span);
    return `${when(lang, span)}${colon}${who}`;
  });
  const left = spans.length - SPANS;
  if (left > 0 && lang === 'en') told.push(count('en', left, 'more span', 'more spans'));
  if (left > 0 && lang === 'fr') told.push(count('fr', left, 'autre période', 'autres périodes'));
  return `${title} – ${told.join(lang === 'fr' ? ' ; ' : '; ')}.`;
}

/** What changed for whom; who changed most comes first. */
export function changesInWords(
  lang: Language,
  layers: Layers,
  { dates, actors, all }: NonNullable<TimelineNumbersIn['compare']>,
): string {
  const { number, list, day: written } = inWords(lang);
  const km2 = (area: number) => `${number(area)} km²`;
  const [first, second] = dates.map((date) => written(toInstant(date))) as [string, string];
  const moved = actors
    .filter(({ gained_km2, lost_km2 }) => gained_km2 + lost_km2 > 0)
    .sort((a, b) => b.gained_km2 + b.lost_km2 - a.gained_km2 - a.lost_km2);
  const told = moved.slice(0, ACTORS).map((areas) => {
    const did = [
      ...(areas.gained_km2 > 0 ? [`${{ en: 'gained', fr: 'gagne' }[lang]} ${km2(areas.gained_km2)}`] : []),
      ...(areas.lost_km2 > 0 ? [`${{ en: 'lost', fr: 'perd' }[lang]} ${km2(areas.lost_km2)}`] : []),
    ];
    const [before, after] = [km2(areas.before_km2), km2(areas.after_km2)];
    const sizes = { en: `from ${before} to ${after}`, fr: `de ${before} à ${after}` }[lang];
    return `${titleOf(layers, 'actor', areas.actor ?? null)[lang]} ${list(did)} (${sizes})`;
  });
  const between = { en: `Between ${first} and ${second}`, fr: `Entre le ${first} et le ${second}` }[lang];
  const left = moved.length - told.length;
  if (left > 0 && lang === 'en') told.push(count('en', left, 'more actor', 'more actors'));
  if (left > 0 && lang === 'fr') told.push(count('fr', left, 'autre acteur', 'autres acteurs'));
  if (told.length === 0)
    return { en: `${between}, no recorded area changed.`, fr: `${between}, aucune zone signalée n’a changé.` }[lang];
  const rest =
    lang === 'en'
      ? `On ${km2(all.no_longer_recorded_km2)} nobody is recorded any longer; ${km2(all.newly_contested_km2)} are newly recorded as contested.`
      : `Sur ${km2(all.no_longer_recorded_km2)}, plus personne n’est signalé ; ${km2(all.newly_contested_km2)} sont nouvellement signalés comme contestés.`;
  return `${between}${lang === 'fr' ? ' : ' : ': '}${told.join(lang === 'fr' ? ' ; ' : '; ')}. ${rest}`;
}

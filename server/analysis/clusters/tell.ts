import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import type { Given } from './inputs.ts';
import type { ClusterRow, Numbers } from './numbers.ts';

/** Positions of clusters are said to a tenth of a degree. */
const placeInWords = (lang: Language, row: ClusterRow) => inWords(lang).position(row, 1);

function largest(lang: Language, row: ClusterRow): string {
  const { day } = inWords(lang);
  const killed = row.killed ?? 0;
  if (lang === 'fr') {
    const dead = killed > 0 ? `, ${count('fr', killed, 'tué', 'tués')}` : '';
    const when =
      row.first_day === row.last_day ? `le ${day(row.first_day)}` : `du ${day(row.first_day)} au ${day(row.last_day)}`;
    return `Le plus grand, le groupe ${row.cluster}, compte ${count('fr', row.events, 'événement', 'événements')} autour de ${placeInWords('fr', row)}, ${when} (${count('fr', row.days, 'jour', 'jours')})${dead}.`;
  }
  const dead = killed > 0 ? `, ${inWords('en').number(killed)} killed` : '';
  const when =
    row.first_day === row.last_day ? `on ${day(row.first_day)}` : `${day(row.first_day)} to ${day(row.last_day)}`;
  return `The largest, cluster ${row.cluster}, has ${count('en', row.events, 'event', 'events')} around ${placeInWords('en', row)}, ${when} (${count('en', row.days, 'day', 'days')})${dead}.`;
}

function inEnglish(inputs: Given, numbers: Numbers): string[] {
  const { number, percent } = inWords('en');
  const { neighbour_km: near } = numbers;
  const rule = `Neighbours are events at most ${number(inputs.eps_km, 3)} km and ${count('en', inputs.eps_days, 'day', 'days')} apart; ${number(inputs.min_points)} of them, itself counted, make the core of a cluster (ST-DBSCAN).`;
  if (numbers.events === 0) return [rule, 'There is no event to compare.'];
  return [
    rule,
    numbers.clusters === 0
      ? `None of ${count('en', numbers.events, 'event', 'events')} lies in a cluster.`
      : `${count('en', numbers.clusters, 'cluster holds', 'clusters hold')} ${number(numbers.in_clusters)} of ${count('en', numbers.events, 'event', 'events')} (${percent(numbers.share_in_clusters, 1)}); ${number(numbers.noise)} ${numbers.noise === 1 ? 'lies' : 'lie'} in none.`,
    ...numbers.table.slice(0, 1).map((row) => largest('en', row)),
    ...(near
      ? [
          `To judge the distance by: the neighbour that would make an event a core is ${number(near.median, 1)} km away in the median (middle half ${number(near.first_quartile, 1)} to ${number(near.third_quartile, 1)} km), within the same days.`,
        ]
      : []),
    ...(numbers.listed < numbers.clusters ? [`The table lists the largest ${number(numbers.listed)}.`] : []),
  ];
}

function inFrench(inputs: Given, numbers: Numbers): string[] {
  const { number, percent } = inWords('fr');
  const { neighbour_km: near } = numbers;
  const rule = `Sont voisins les événements distants d’au plus ${number(inputs.eps_km, 3)} km et ${count('fr', inputs.eps_days, 'jour', 'jours')} ; ${number(inputs.min_points)} voisins, lui-même compris, font d’un événement le cœur d’un groupe (ST-DBSCAN).`;
  if (numbers.events === 0) return [rule, 'Il n’y a aucun événement à comparer.'];
  return [
    rule,
    numbers.clusters === 0
      ? `Aucun des événements comparés (${number(numbers.events)}) ne fait partie d’un groupe.`
      : `${count('fr', numbers.clusters, 'groupe réunit', 'groupes réunissent')} ${number(numbers.in_clusters)} des ${count('fr', numbers.events, 'événement', 'événements')} (${percent(numbers.share_in_clusters, 1)}) ; hors de tout groupe : ${number(numbers.noise)}.`,
    ...numbers.table.slice(0, 1).map((row) => largest('fr', row)),
    ...(near
      ? [
          `Pour juger de la distance : le voisin qui ferait d’un événement un cœur se trouve, en médiane, à ${number(near.median, 1)} km (pour la moitié centrale, de ${number(near.first_quartile, 1)} à ${number(near.third_quartile, 1)} km), dans ces mêmes jours.`,
        ]
      : []),
    ...(numbers.listed < numbers.clusters
      ? [`Le tableau ne donne que les plus grands (${number(numbers.listed)}).`]
      : []),
  ];
}

/** What was found, in whole sentences. */
export const tell = (inputs: Given, numbers: Numbers): Localized => ({
  en: inEnglish(inputs, numbers).join(' '),
  fr: inFrench(inputs, numbers).join(' '),
});

import { caveatsOf } from './clusters/caveats.ts';
import { findClusters } from './clusters/find-clusters.ts';
import { ClustersInputs } from './clusters/inputs.ts';
import { ClustersNumbers } from './clusters/numbers.ts';
import { toParts } from './clusters/parts.ts';
import { estimateClusters, eventsOf } from './clusters/read-events.ts';
import { tell } from './clusters/tell.ts';
import { toNumbers } from './clusters/to-numbers.ts';
import { countPartly } from './count-partly.ts';
import { defineProcess } from './process.ts';

export const clusters = defineProcess({
  id: 'clusters',
  title: { en: 'Clusters in space and time', fr: 'Groupes dans l’espace et le temps' },
  description: {
    en: 'Events that are dense in place and in time together, by ST-DBSCAN (Birant & Kut 2007): an event with min_points neighbours, itself among them, at most eps_km and eps_days away is a core; a cluster is all cores that reach one another from neighbour to neighbour, and their neighbours; the rest is noise, and counted. Each cluster has its convex hull, its period, its events, kinds and casualties. Distances are on the ellipsoid of WGS 84, to 3 parts in a million. Between events whose date is known to a span the gap of both spans counts, 0 where they overlap. Events are taken in the order of their days, position, collection and record_id: an event at the border of several clusters belongs to the first. Quartiles of the distance to the deciding neighbour help to judge eps_km.',
    fr: 'Les événements denses à la fois dans l’espace et dans le temps, par ST-DBSCAN (Birant & Kut 2007) : un événement qui a min_points voisins, lui-même compris, à eps_km et eps_days au plus, est un cœur ; un groupe réunit tous les cœurs qui se rejoignent de voisin en voisin, et leurs voisins ; le reste est du bruit, et compté. Chaque groupe a son enveloppe convexe, sa période, ses événements, leurs natures et leurs victimes. Les distances sont sur l’ellipsoïde WGS 84, à 3 millionièmes près. Entre événements datés par un intervalle, c’est l’écart des deux intervalles qui compte, 0 s’ils se recouvrent. Les événements sont pris dans l’ordre de leurs jours, de leur position, de la collection et de record_id : celui qui est au bord de plusieurs groupes revient au premier. Les quartiles de la distance au voisin décisif aident à juger eps_km.',
  },
  inputs: ClustersInputs,
  numbers: ClustersNumbers,
  estimate: estimateClusters,
  run: async (question, inputs) => {
    const events = await eventsOf(question, inputs);
    question.progress(0.2, { en: 'Neighbours', fr: 'Voisins' });
    const found = await findClusters(question, inputs, events);
    const numbers = toNumbers(events, found, inputs);
    return {
      numbers,
      parts: toParts(events, found, numbers),
      text: tell(inputs, numbers),
      caveats: caveatsOf(events, inputs, numbers, await countPartly(question, events.selected)),
    };
  },
});

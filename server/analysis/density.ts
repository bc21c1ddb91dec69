import { countPartly } from './count-partly.ts';
import { caveatsOf } from './density/caveats.ts';
import { compute } from './density/compute.ts';
import { DensityInputs } from './density/inputs.ts';
import { DensityNumbers } from './density/numbers.ts';
import { toParts } from './density/parts.ts';
import { estimateDensity, planOf } from './density/plan.ts';
import { type Places, placesOf } from './density/read-places.ts';
import { tell } from './density/tell.ts';
import { toNumbers } from './density/to-numbers.ts';
import { defineProcess } from './process.ts';
import { findSilence } from './silent-hexagons.ts';
import { windowOf } from './window.ts';

/** What a field is called in the first of the collections. */
function titleOf(measure: string | undefined, { selected }: Places) {
  return measure === undefined ? undefined : selected[0]?.layer.fields.find(({ name }) => name === measure)?.title;
}

export const density = defineProcess({
  id: 'density',
  title: { en: 'Density of events', fr: 'Densité des événements' },
  description: {
    en: 'Events, or a measure such as killed, spread over a radius by the quartic kernel (Silverman 1986, eq. 4.5): events per 1,000 km2 in the window, and per month where it is known, as contour polygons and as hexagons that have the density at their middle. Without a bandwidth the rule of thumb of Silverman (1986, eq. 3.31) recommends one, in the form that GIS users know (0.9 times the smaller of the standard distance and sqrt(1 / ln 2) times the median distance, times the number of events to the power of -1/5), never below the median precision of the positions. Distances are on the ellipsoid of WGS 84, to 3 parts in a million. Contours are drawn by marching squares on a grid of an eighth of the bandwidth (a quarter where it is large), at shares of the peak or around the smallest area that holds a share of the surface. Over the plane the density adds up to the number of events; beyond the border of the study area nothing is counted, and near it the density is too low.',
    fr: 'Les événements, ou une mesure comme les tués, étalés sur un rayon par le noyau quartique (Silverman 1986, éq. 4.5) : événements par 1 000 km² sur la période, et par mois si elle est connue, en polygones de contour et en hexagones qui portent la densité en leur centre. Sans largeur donnée, la règle empirique de Silverman (1986, éq. 3.31) en recommande une, sous la forme que connaissent les utilisateurs de SIG (0,9 fois la plus petite valeur de la distance standard et de racine(1 / ln 2) fois la distance médiane, fois le nombre d’événements à la puissance -1/5), jamais en dessous de la précision médiane des positions. Les distances sont sur l’ellipsoïde WGS 84, à 3 millionièmes près. Les contours sont tracés par « marching squares » sur une grille au huitième de la largeur du noyau (au quart si elle est grande), à des parts du maximum ou autour de la plus petite superficie qui contient une part de la surface. Sur le plan, la densité totalise le nombre d’événements ; au-delà de la limite de la zone étudiée rien n’est compté, et près d’elle la densité est trop faible.',
  },
  inputs: DensityInputs,
  numbers: DensityNumbers,
  estimate: estimateDensity,
  run: async (question, inputs) => {
    const places = await placesOf(question, inputs);
    const plan = await planOf(question, inputs);
    question.progress(0.2, { en: 'Density', fr: 'Densité' });
    const computed = plan && places.total > 0 ? await compute(question, inputs, places, plan) : undefined;
    const lasts = places.selected.some(({ layer }) => layer.time !== 'instant');
    const window = windowOf(places.selected, inputs.datetime);
    // What lasts, or has no time, has no rate by the month.
    const numbers = toNumbers(places, lasts ? { ...window, months: undefined } : window, computed);
    const silences = plan ? await findSilence(question, inputs, places, plan.surface.resolution) : [];
    const partly = await countPartly(question, places.selected);
    return {
      numbers,
      parts: toParts(computed, numbers, inputs),
      text: tell(inputs, numbers, titleOf(inputs.measure, places)),
      caveats: caveatsOf(places, numbers, silences, partly),
    };
  },
});

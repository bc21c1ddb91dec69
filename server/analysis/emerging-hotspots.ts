import { beyondCeiling } from './beyond-ceiling.ts';
import { findArea } from './covered-area.ts';
import { caveatsOf } from './emerging-hotspots/caveats.ts';
import { costOf } from './emerging-hotspots/cost.ts';
import { toHexagons } from './emerging-hotspots/hexagons.ts';
import { EmergingInputs } from './emerging-hotspots/inputs.ts';
import { choose, look } from './emerging-hotspots/look.ts';
import { EmergingNumbers } from './emerging-hotspots/numbers.ts';
import { notDrawn, toPart } from './emerging-hotspots/part.ts';
import { tell } from './emerging-hotspots/tell.ts';
import { toNumbers } from './emerging-hotspots/to-numbers.ts';
import { defineProcess } from './process.ts';

export const emergingHotspots = defineProcess({
  id: 'emerging-hotspots',
  title: { en: 'Emerging hotspots', fr: 'Points chauds émergents' },
  description: {
    en: 'Which hexagons are becoming hot or cold: Gi* (Ord & Getis 1995) of each hexagon with its rings of neighbours in the same step and the one before, over the hexagons of the study area and all steps, corrected for their number (Benjamini & Hochberg 1995); the trend of its z (Mann-Kendall); and one class of each: new, consecutive, intensifying, persistent, diminishing, sporadic, oscillating or historical, hot or cold, or none; one that is hot by fewer than five events is called so by no class: too few to tell. Steps that the window cuts are left out, as are those before the first and after the last record; hexagons and steps without events between count as 0. Events are counted by the H3 cell of their position; the imprecise ones are left out, counted there, or shared over the hexagons that their circles of precision meet, as `imprecise` says.',
    fr: 'Quels hexagones deviennent chauds ou froids : Gi* (Ord et Getis 1995) de chaque hexagone avec ses couronnes de voisins sur la même période et la précédente, sur tous les hexagones de la zone d’étude et toutes les périodes, corrigé pour leur nombre (Benjamini et Hochberg 1995) ; la tendance de son z (Mann-Kendall) ; et une classe pour chacun : nouveau, consécutif, en intensification, persistant, en diminution, sporadique, oscillant ou historique, chaud ou froid, ou aucune ; un hexagone chaud par moins de cinq événements n’en reçoit pas : trop peu pour conclure. Les périodes coupées par la fenêtre sont écartées, comme celles qui précèdent la première fiche ou suivent la dernière ; entre elles, hexagones et périodes sans événement comptent pour 0. Les événements sont comptés d’après la cellule H3 de leur position ; les événements imprécis sont écartés, comptés là, ou répartis entre les hexagones que touchent leurs cercles de précision, selon `imprecise`.',
  },
  inputs: EmergingInputs,
  numbers: EmergingNumbers,
  estimate: async (question, given) => costOf(await choose(question, given), given),
  run: async (question, given) => {
    const found = await look(question, given);
    const hexagons = toHexagons(found);
    const numbers = toNumbers(found, hexagons);
    const place = given.place && (await findArea(question, given.place, 'place'));
    return {
      numbers,
      parts: [toPart(hexagons)],
      text: tell(found, numbers),
      caveats: [
        ...caveatsOf(found, numbers, notDrawn(hexagons)),
        ...(await beyondCeiling(question, found.selected, place)),
      ],
    };
  },
});

import { caveatsOf } from './association/caveats.ts';
import { costOf } from './association/cost.ts';
import { AssociationInputs } from './association/inputs.ts';
import { measure } from './association/measure.ts';
import { AssociationNumbers } from './association/numbers.ts';
import { toPart } from './association/part.ts';
import { toTable } from './association/table.ts';
import { tell } from './association/tell.ts';
import { testNulls } from './association/test-nulls.ts';
import { toNumbers } from './association/to-numbers.ts';
import { defineProcess } from './process.ts';
import { findSilence } from './silent-hexagons.ts';

/** Of hexagons in which there may be reports: of some 36 km2, or larger ones in a large study area. */
const RESOLUTION = 6;

export const association = defineProcess({
  id: 'association',
  title: { en: 'What goes together', fr: 'Ce qui va ensemble' },
  description: {
    en: 'Whether events are more frequent near something than far from it: by bands of distance from points, lines or polygons, the rate by area over that beyond the last band, with its exact interval; the same within bands of distance from the nearest place, pooled (Mantel-Haenszel for counts over exposures, Greenland & Robins 1985), which tells whether both merely follow the towns; how near the events are beside random shifts of all of them together within the study area (Lotwick & Silverman 1982; where it is no box, events that fall out are left out, and shifts are compared by what is left over its standard deviation, Mrkvicka et al. 2021); and how many are in each band beside random relocation of each at its own distance from places. p is (M + 1) / (R + 1), seeded. Areas are measured at a regular lattice of places whose cells are as large as one another. Distances are geodesic; inside a polygon the distance is 0.',
    fr: 'Si les événements sont plus fréquents près de quelque chose que loin : par tranche de distance à des points, lignes ou polygones, le taux par surface rapporté à celui au-delà de la dernière tranche, avec son intervalle exact ; le même à distance égale de la localité la plus proche, combiné (Mantel-Haenszel pour des nombres par exposition, Greenland et Robins 1985), ce qui dit si les deux ne font que suivre les villes ; à quel point les événements sont proches par rapport à des décalages aléatoires de tous ensemble dans la zone d’étude (Lotwick et Silverman 1982 ; si elle n’est pas un rectangle, les événements qui en sortent sont écartés, et les décalages sont comparés par l’écart restant rapporté à son écart type, Mrkvicka et al. 2021) ; et combien sont dans chaque tranche par rapport à une relocalisation aléatoire de chacun à la même distance des localités. p vaut (M + 1) / (R + 1), à graine fixée. Les surfaces sont mesurées sur une grille régulière de lieux dont les mailles ont la même superficie. Les distances sont géodésiques ; à l’intérieur d’un polygone, la distance est 0.',
  },
  inputs: AssociationInputs,
  numbers: AssociationNumbers,
  estimate: costOf,
  run: async (question, inputs) => {
    const measured = await measure(question, inputs);
    const table = toTable(measured);
    const nulls = await testNulls(question, measured, table, inputs);
    const { sides, reported, area } = measured;
    const place = { areaKm2: area.area_m2 / 1e6 };
    const silences = await findSilence(question, inputs, { selected: sides.events, reported, place }, RESOLUTION);
    const numbers = toNumbers(measured, table, nulls, inputs);
    return {
      numbers,
      parts: [toPart(measured, numbers.listed)],
      text: tell(measured, numbers),
      caveats: caveatsOf(measured, table, numbers, inputs, silences),
    };
  },
});

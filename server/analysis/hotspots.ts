import { beyondCeiling } from './beyond-ceiling.ts';
import { checkRing, secondsOfRing } from './cells/neighbours.ts';
import { findStudyCells } from './cells/study-cells.ts';
import { findArea } from './covered-area.ts';
import { caveatsOf } from './hotspots/caveats.ts';
import { findHotspots } from './hotspots/find.ts';
import { HotspotsInputs } from './hotspots/inputs.ts';
import { listEvents } from './hotspots/list-events.ts';
import { HotspotsNumbers } from './hotspots/numbers.ts';
import { toPart } from './hotspots/part.ts';
import { MOST_SPREAD_SECONDS } from './hotspots/spread.ts';
import { tell } from './hotspots/tell.ts';
import { significantOf, toNumbers } from './hotspots/to-numbers.ts';
import { oncePerQuestion } from './once.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import { selectEvents } from './select-events.ts';
import { subjectOf } from './subject.ts';
import { windowOf } from './window.ts';

/** Of one processor: a record that is counted, and a hexagon that is judged and written; one whose records are listed, by collection. */
const SECONDS = { record: 2e-6, hexagon: 5e-5, listed: 1e-4 } as const;

const prepare = oncePerQuestion(async (question: Question, inputs: HotspotsInputs) => {
  const selected = await selectEvents(question, inputs);
  const study = await findStudyCells(question, selected, inputs);
  checkRing(study, inputs.ring);
  return { selected, study };
});

export const hotspots = defineProcess({
  id: 'hotspots',
  title: { en: 'Hot and cold spots', fr: 'Points chauds et froids' },
  description: {
    en: 'Where events, or a sum such as those killed, are denser or sparser than chance would put them: Gi* (Ord & Getis 1995) of each H3 hexagon of the study area, those without events too, with its neighbours. The p-values are corrected for the number of hexagons (Benjamini & Hochberg 1995) and told as hot or cold at 90, 95 and 99 %. The study area is the place, else where the collections say that their records are to lie, else the box of their records: all hexagons that meet it, as a whole. Each verdict is found both with and without the imprecise events.',
    fr: 'Où les événements, ou une somme comme celle des tués, sont plus denses ou plus rares que le hasard ne le voudrait : Gi* (Ord & Getis 1995) de chaque hexagone H3 de la zone d’étude, y compris ceux sans événement, avec ses voisins. Les valeurs p sont corrigées pour le nombre d’hexagones (Benjamini & Hochberg 1995) et dites chaud ou froid à 90, 95 et 99 %. La zone d’étude est le lieu demandé, sinon celle où les collections disent que sont leurs fiches, sinon l’emprise de leurs fiches : tous les hexagones qui la touchent, entiers. Chaque verdict est établi avec et sans les événements imprécis.',
  },
  inputs: HotspotsInputs,
  numbers: HotspotsNumbers,
  estimate: async (question, inputs) => {
    const { selected, study } = await prepare(question, inputs);
    const { cells } = study;
    const records = selected.reduce((sum, { layer }) => sum + layer.count, 0);
    const listed = Math.min(cells.length, inputs.list) * selected.length * SECONDS.listed;
    const seconds =
      records * SECONDS.record + cells.length * SECONDS.hexagon + listed + secondsOfRing(study, inputs.ring);
    return { comparisons: records, seconds: seconds + (inputs.imprecise === 'spread' ? MOST_SPREAD_SECONDS : 0) };
  },
  run: async (question, inputs) => {
    const { selected, study } = await prepare(question, inputs);
    question.progress(0.2, { en: 'Counts', fr: 'Décompte' });
    const found = await findHotspots(question, inputs, selected, study);
    const significant = significantOf(found);
    question.progress(0.7, { en: 'Events', fr: 'Événements' });
    const hexagons = significant.slice(0, inputs.list).map((place) => study.cells[place] as string);
    const preciseM = inputs.imprecise === 'exclude' ? found.counts.preciseM : undefined;
    // The hexagons are drawn while the database looks for their records.
    const [listed, { part, undrawn }] = await Promise.all([
      listEvents(question, selected, hexagons, preciseM),
      Promise.resolve().then(() => toPart(found)),
    ]);
    const place = inputs.place && (await findArea(question, inputs.place, 'place'));
    const numbers = toNumbers(found, inputs, windowOf(selected), significant, listed, undrawn);
    return {
      numbers,
      parts: [part],
      text: tell(study, subjectOf(selected, inputs.measure), numbers),
      caveats: [...caveatsOf(inputs, selected, found, numbers), ...(await beyondCeiling(question, selected, place))],
    };
  },
});

import { InvalidParameter } from '../core/errors.ts';
import { beyondCeiling } from './beyond-ceiling.ts';
import { alphaOf } from './confidence.ts';
import { COVERED, coverageOf, findArea } from './covered-area.ts';
import type { Estimate } from './estimate.ts';
import { findPlace, type Place } from './place.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';
import { lasting, selectEvents, within } from './select-events.ts';
import { subjectOf } from './subject.ts';
import { costOf } from './summary/cost.ts';
import { type Division, findDivision } from './summary/units.ts';
import { caveatsOf } from './trend/caveats.ts';
import { type Found, findSeries } from './trend/find-series.ts';
import { TrendInputs } from './trend/inputs.ts';
import { TrendNumbers } from './trend/numbers.ts';
import { toPart } from './trend/part.ts';
import { tell } from './trend/tell.ts';
import { toNumbers } from './trend/to-numbers.ts';
import { type WholeSteps, wholeSteps } from './whole-steps.ts';

const refuse = (input: string, detail: string) => new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);

const isDivided = ({ units, hexagons, areas }: TrendInputs) =>
  units !== undefined || hexagons !== undefined || areas !== undefined;

/** What a rate of the whole is of: the place, else what the collections cover. */
async function areaOf(question: Question, given: TrendInputs, selected: readonly Selected[], place?: Place) {
  if (given.trend_of !== 'rate' || place) return place;
  const geometry = coverageOf(selected);
  if (!geometry) throw refuse('place', 'Nothing says what area the rate is of: give a place that is one.');
  return findPlace(question, { geometry: geometry as never });
}

const eventsOf = ({ whole, inNoStep }: Found) => whole.events.reduce((sum, events) => sum + events, inNoStep);

/** The series: as a whole of an area that a rate is of, where no place is given. */
async function findWithin(
  question: Question,
  given: TrendInputs,
  selected: readonly Selected[],
  time: WholeSteps,
  { division, place, area }: Record<'place' | 'area', Place | undefined> & { division: Division | undefined },
): Promise<Found> {
  const found = await findSeries(question, given, selected, time, { division, place });
  if (!area || place) return found;
  const inside = await findSeries(question, given, within(selected, area), time, { division: undefined, place: area });
  const { whole, inNoStep } = inside;
  return { ...found, whole, inNoStep, outside: eventsOf(found) - eventsOf(inside) };
}

/** Seconds that one processor takes of a record. */
const SECONDS = 2e-6;

async function estimate(question: Question, given: TrendInputs): Promise<Estimate> {
  const selected = await selectEvents(question, given, lasting);
  if (isDivided(given)) return costOf(question, given, selected);
  const records = selected.reduce((sum, { layer }) => sum + layer.count, 0);
  return { comparisons: records, seconds: records * SECONDS };
}

export const trend = defineProcess({
  id: 'trend',
  title: { en: 'Trend of a series', fr: 'Tendance d’une série' },
  description: {
    en: 'Whether events, or a measure of them, rise or fall over months, quarters or years: the test of Mann (1945) and Kendall, corrected for ties, exact below ten steps; the slope of Sen (1968) with its 95 % interval; of months and quarters also with each compared only with the same of other years (Hirsch, Slack & Smith 1982). As a whole, and where units, hexagons or areas are given in each of them, corrected for their number (Benjamini & Hochberg 1995). Steps that the window cuts are left out, as are those before the first and after the last record; a step between without events counts as 0. The test takes steps as independent: it is said where they are not.',
    fr: 'Si des événements, ou l’une de leurs mesures, augmentent ou diminuent au fil des mois, des trimestres ou des années : test de Mann (1945) et Kendall, corrigé des ex æquo, exact en dessous de dix périodes ; pente de Sen (1968) avec son intervalle à 95 % ; pour les mois et les trimestres, aussi en ne comparant chacun qu’au même des autres années (Hirsch, Slack et Smith 1982). Dans l’ensemble et, si des unités, des hexagones ou des zones sont donnés, dans chacun, avec correction pour leur nombre (Benjamini et Hochberg 1995). Les périodes coupées par la fenêtre sont écartées, comme celles qui précèdent la première fiche ou suivent la dernière ; entre elles, une période sans événement compte pour 0. Le test suppose les périodes indépendantes : il est dit quand elles ne le sont pas.',
  },
  inputs: TrendInputs,
  numbers: TrendNumbers,
  estimate,
  run: async (question, given) => {
    const place = given.place && (await findArea(question, given.place, 'place'));
    const selected = within(await selectEvents(question, given, lasting), place);
    const division = isDivided(given) ? await findDivision(question, given, place) : undefined;
    const time = wholeSteps(selected, given.step);
    const area = await areaOf(question, given, selected, place);
    const found = await findWithin(question, given, selected, time, { division, place, area });
    const told = toNumbers(given, time, found, {
      alpha: alphaOf(given.confidence),
      areaKm2: given.trend_of === 'rate' ? area?.areaKm2 : undefined,
      isDivided: division !== undefined,
    });
    const { numbers } = told;
    const title = place?.title ?? COVERED;
    const titles = found.units.map(({ unit }) => unit.title ?? { en: unit.id, fr: unit.id });
    const where = { en: `in ${title.en}`, fr: title.fr };
    return {
      numbers,
      parts: numbers.units
        ? [
            toPart(
              found.units.map(({ unit }) => unit),
              numbers.units,
            ),
          ]
        : [],
      text: tell({ given, what: subjectOf(selected, given.measure), where, division, titles }, numbers),
      caveats: [
        ...caveatsOf(selected, division, time, found, { ...told, rule: given.imprecise }),
        ...(await beyondCeiling(question, selected, place)),
      ],
    };
  },
});

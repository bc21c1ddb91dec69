import { InvalidParameter } from '../core/errors.ts';
import { beyondCeiling } from './beyond-ceiling.ts';
import { alphaOf } from './confidence.ts';
import { coverageOf, findArea } from './covered-area.ts';
import { findPlace, type Place } from './place.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';
import { within } from './select-events.ts';
import { subjectOf } from './subject.ts';
import { type Division, findDivision } from './summary/units.ts';
import { caveatsOf } from './trend/caveats.ts';
import { type Chosen, choose } from './trend/choose.ts';
import { costOf } from './trend/cost.ts';
import { divide } from './trend/divide.ts';
import { findLasting } from './trend/find-lasting.ts';
import { findSeries } from './trend/find-series.ts';
import { TrendInputs } from './trend/inputs.ts';
import { TrendNumbers } from './trend/numbers.ts';
import { toPart } from './trend/part.ts';
import type { Found } from './trend/series.ts';
import { tell } from './trend/tell.ts';
import { toNumbers } from './trend/to-numbers.ts';
import { lastingSubject, namesOfClasses, whereOf } from './trend/words.ts';
import { type WholeSteps, wholeSteps } from './whole-steps.ts';

const refuse = (input: string, detail: string) => new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);

const isDivided = ({ units, hexagons, areas }: TrendInputs) =>
  units !== undefined || hexagons !== undefined || areas !== undefined;

/** What a rate of the whole is of: the place, else what the collections of events cover. */
async function areaOf(question: Question, given: TrendInputs, { of, selected }: Chosen, place?: Place) {
  if (given.trend_of !== 'rate' || place) return place;
  // Records of camps or ground lie where they are, and nobody says that there are none beside.
  const geometry = of === 'events' ? coverageOf(selected) : undefined;
  if (!geometry) throw refuse('place', 'Nothing says what area the rate is of: give a place that is one.');
  return findPlace(question, { geometry: geometry as never });
}

interface Where {
  readonly division: Division | undefined;
  readonly place: Place | undefined;
  /** Of a rate. */
  readonly area: Place | undefined;
}

const eventsOf = ({ whole, inNoStep }: Found) => whole.records + inNoStep;

/** The series of events: as a whole of an area that a rate is of, where no place is given. */
async function findEvents(
  question: Question,
  given: TrendInputs,
  selected: readonly Selected[],
  time: WholeSteps,
  { division, place, area }: Where,
): Promise<Found> {
  const divided = await divide(question, selected, time.steps.length, { division, place });
  const found = await findSeries(question, given, selected, time, divided);
  if (!area || place) return found;
  const none = await divide(question, selected, time.steps.length, { division: undefined, place: area });
  const inside = await findSeries(question, given, within(selected, area), time, none);
  const { whole, classes, inNoStep } = inside;
  return { ...found, whole, classes, inNoStep, outside: eventsOf(found) - eventsOf(inside) };
}

async function find(question: Question, given: TrendInputs, chosen: Chosen, time: WholeSteps, where: Where) {
  const { of, selected } = chosen;
  if (of === 'events') return findEvents(question, given, selected, time, where);
  const lasting = { ...time, inForce: given.in_force, by: given.by };
  const divided = await divide(question, selected, time.steps.length, where);
  return findLasting(question, given, selected, lasting, { of, divided });
}

export const trend = defineProcess({
  id: 'trend',
  title: { en: 'Trend of a series', fr: 'Tendance d’une série' },
  description: {
    en: 'Whether a series rises or falls over months, quarters or years: of events, or a measure of them; or of what lasts, the number in force (camps, mines), the length of lines (corridors) or the ground that polygons cover (areas of control), each piece once. The test of Mann (1945) and Kendall, corrected for ties, exact below ten steps; the slope of Sen (1968) with its 95 % interval; of months and quarters also with each compared only with the same of other years (Hirsch, Slack & Smith 1982), with its slope. As a whole, for each value of a field, and where units, hexagons or areas are given in each of them, corrected for their number (Benjamini & Hochberg 1995). Steps that the window cuts are left out, as are those before the first and after the last record; a step between without events counts as 0. The test takes steps as independent: it is said where they are not, and of what lasts they never are.',
    fr: 'Si une série augmente ou diminue au fil des mois, des trimestres ou des années : celle d’événements, ou de l’une de leurs mesures ; ou, pour ce qui dure, le nombre en vigueur (camps, mines), la longueur de lignes (corridors) ou le terrain que couvrent des polygones (zones de contrôle), chaque morceau une fois. Test de Mann (1945) et Kendall, corrigé des ex æquo, exact en dessous de dix périodes ; pente de Sen (1968) avec son intervalle à 95 % ; pour les mois et les trimestres, aussi en ne comparant chacun qu’au même des autres années (Hirsch, Slack et Smith 1982), avec sa pente. Dans l’ensemble, pour chaque valeur d’un champ et, si des unités, des hexagones ou des zones sont donnés, dans chacun, avec correction pour leur nombre (Benjamini et Hochberg 1995). Les périodes coupées par la fenêtre sont écartées, comme celles qui précèdent la première fiche ou suivent la dernière ; entre elles, une période sans événement compte pour 0. Le test suppose les périodes indépendantes : il est dit quand elles ne le sont pas, et pour ce qui dure elles ne le sont jamais.',
  },
  inputs: TrendInputs,
  numbers: TrendNumbers,
  estimate: async (question, given) => costOf(question, given, await choose(question, given), isDivided(given)),
  run: async (question, given) => {
    const place = given.place && (await findArea(question, given.place, 'place'));
    const { of, selected: all } = await choose(question, given);
    const chosen = { of, selected: within(all, place) };
    const { selected } = chosen;
    const division = isDivided(given) ? await findDivision(question, given, place) : undefined;
    const time = wholeSteps(selected, given.step);
    const area = await areaOf(question, given, chosen, place);
    const found = await find(question, given, chosen, time, { division, place, area });
    const told = toNumbers(given, of, time, found, {
      alpha: alphaOf(given.confidence),
      areaKm2: given.trend_of === 'rate' ? area?.areaKm2 : undefined,
      isDivided: division !== undefined,
    });
    const { numbers } = told;
    const titles = found.units.map(({ unit }) => unit.title ?? { en: unit.id, fr: unit.id });
    const layers = selected.map(({ layer }) => layer);
    const words = {
      ...{ given, division, titles, ...namesOfClasses(layers, given.by, found.classes) },
      what: of === 'events' ? subjectOf(selected, given.measure) : lastingSubject(layers, of, given.measure),
      where: whereOf(place, of),
    };
    return {
      numbers,
      parts: numbers.units
        ? [
            toPart(
              found.units.map(({ unit }) => unit),
              numbers.units,
              of,
            ),
          ]
        : [],
      text: tell(words, numbers),
      caveats: [
        ...caveatsOf(selected, division, time, found, { ...told, rule: given.imprecise }),
        ...(await beyondCeiling(question, selected, place)),
      ],
    };
  },
});

import { z } from 'zod';
import { FEW } from './caveats.ts';
import { caveatsOf, silentRows } from './exposure/caveats.ts';
import { type Choice, choose } from './exposure/choose.ts';
import { estimateExposure, sizeOf } from './exposure/cost.ts';
import { COMMODITY_COLUMNS } from './exposure/fields.ts';
import { findRows, nearestOf, type Row } from './exposure/find-rows.ts';
import { ExposureNumbers, type ExposureNumbersIn } from './exposure/numbers.ts';
import { commoditiesOf, toParts } from './exposure/parts.ts';
import { HalfSchema, WeightsSchema } from './exposure/score.ts';
import { exposureInWords } from './exposure/sentences.ts';
import { type Trend, trendSteps } from './exposure/trends.ts';
import { inputsOf, SelectionsSchema } from './inputs.ts';
import { defineProcess } from './process.ts';
import { toQuantity } from './quantity.ts';
import { MomentSchema } from './timeline/day.ts';
import { stepCaveats, type WholeSteps } from './whole-steps.ts';

const inputs = inputsOf({
  of: SelectionsSchema.optional().meta({
    description:
      'What is exposed: collections of mines, hubs or corridors. Else every one in service that is not modelled.',
    description_fr:
      'Ce qui est exposé : des collections de mines, de nœuds ou de corridors. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  events: SelectionsSchema.optional().meta({
    description: 'Collections of attacks. Else every collection of events in service that is not modelled.',
    description_fr:
      'Des collections d’attaques. Sinon, toute collection d’événements en service qui n’est pas modélisée.',
  }),
  corridors: SelectionsSchema.optional().meta({
    description:
      'The corridors of which the nearest is told. Else every collection of them in service that is not modelled.',
    description_fr:
      'Les corridors dont on dit le plus proche. Sinon, toute collection de corridors en service qui n’est pas modélisée.',
  }),
  control: SelectionsSchema.optional().meta({
    description: 'Who holds the ground: collections of control areas. Else every one in service that is not modelled.',
    description_fr:
      'Qui tient le terrain : des collections de zones de contrôle. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  within_km: z.number().min(0.1).max(500).default(25).meta({
    description: 'How near an attack is that is counted, km.',
    description_fr: 'Distance jusqu’à laquelle une attaque est comptée, en km.',
  }),
  at: MomentSchema.optional().meta({
    description: 'The day, or instant, of which the ground is told. Else the end of the window of the events.',
    description_fr:
      'Le jour, ou l’instant, pour lequel on dit qui tient le terrain. Sinon, la fin de la période des événements.',
  }),
  flows: z.boolean().default(false).meta({
    description: 'Lines of which only the far ends are known are taken as corridors too.',
    description_fr: 'Les lignes dont seules les extrémités sont connues sont aussi prises pour des corridors.',
  }),
  weights: WeightsSchema,
  half: HalfSchema,
});

const TOP = 10;

const trendNumbers = ({ direction, tau, p, adjusted, slope, lower, upper }: Trend) => ({
  ...{ direction, tau, p, p_adjusted: adjusted, slope },
  ...(lower === undefined || upper === undefined ? {} : { slope_lower: lower, slope_upper: upper }),
});

function trendsNumbers(time: WholeSteps | undefined, rows: readonly Row[]): Pick<ExposureNumbersIn, 'trends'> {
  const [first, last] = [time?.steps[0], time?.steps.at(-1)];
  if (!time || !first || !last || time.step === 'month') return {};
  const all = rows.flatMap(({ overSteps }) => (overSteps ? [overSteps.direction] : []));
  const ofThese = (direction: Trend['direction']) => all.filter((each) => each === direction).length;
  return {
    trends: {
      ...{ step: time.step, from: first.from, to: last.to, steps: time.steps.length },
      ...{ tested: all.length, rises: ofThese('rises'), falls: ofThese('falls') },
    },
  };
}

function topRow(row: Row, { of }: Choice): ExposureNumbersIn['top'][number] {
  const nearest = nearestOf(row);
  const { rank, item, record, name, score, components, parts, attacks, ground, overSteps } = row;
  return {
    ...{ collection: of[row.list]?.layer.id ?? '', item, record, components, parts },
    ...{ attacks: attacks.attacks, killed: attacks.killed, ground: ground.state, holders: [...ground.actors] },
    ...(rank === undefined ? {} : { rank }),
    ...(score === undefined ? {} : { score }),
    ...(name === null ? {} : { name }),
    ...(nearest ? { corridor_km: toQuantity(nearest.away_m / 1000) } : {}),
    ...(overSteps ? { trend: trendNumbers(overSteps) } : {}),
  };
}

function byGround(rows: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ground } of rows) counts[ground.state] = (counts[ground.state] ?? 0) + 1;
  return counts;
}

export const exposure = defineProcess({
  id: 'exposure',
  title: {
    en: 'Mines, hubs and corridors beside the violence',
    fr: 'Mines, points de passage et corridors face aux violences',
  },
  description: {
    en: 'A table with a row for each mine, hub or corridor: who is recorded on its ground, the nearest corridor by commodity (geodesic, with both precisions carried into an interval; the first ten commodities, in the order of text, have columns), the attacks within a distance in the window, their trend (last half of the window over the first, with the exact 95 % interval; an open upper end is left out; and of whole years, from five on, else of whole quarters, from eight, the test of Mann and Kendall corrected for the number of rows, with the slope of Sen) and a score, which is the sum of weight x component with every component and part beside it. The features have all the columns; `numbers` the totals and the first ten rows. `filter` and `max_precision_m` are about the events; without it, events whose position is known less well than `within_km` are left out and counted. `datetime` is the window, else it runs from the first event to the last; the ground is that of `at`, else of its end. Attacks near a line are brought to the ground near a point before they are scored.',
    fr: 'Un tableau, une ligne par mine, point de passage ou corridor : qui est signalé sur son terrain, le corridor le plus proche par trafic (distance géodésique, encadrée d’après les deux précisions ; les dix premiers trafics, dans l’ordre alphabétique, ont des colonnes), les attaques à moins d’une distance dans la fenêtre de temps, leur tendance (seconde moitié de la fenêtre sur la première, avec l’intervalle exact à 95 % ; une borne supérieure ouverte est omise ; et, par années entières à partir de cinq, sinon par trimestres entiers à partir de huit, le test de Mann et Kendall corrigé du nombre de lignes, avec la pente de Sen) et un score, somme des produits poids × composante, chaque composante et chaque part figurant à côté. Les entités portent toutes les colonnes ; `numbers` les totaux et les dix premières lignes. `filter` et `max_precision_m` portent sur les événements ; sans ce dernier, ceux dont la position est connue moins bien que `within_km` sont écartés et comptés. `datetime` est la fenêtre, sinon elle va du premier événement au dernier ; le terrain est celui de `at`, sinon de sa fin. Les attaques près d’une ligne sont ramenées au terrain proche d’un point avant d’être notées.',
  },
  inputs,
  numbers: ExposureNumbers,
  estimate: async (question, given) => estimateExposure(question, await choose(question, given), given),
  run: async (question, given) => {
    const choice = await choose(question, given);
    const { window, middle, at } = choice;
    const { taken, all_records } = await sizeOf(question, choice.of, given.flows);
    const time = trendSteps(choice.events, window);
    const asked = {
      ...choice,
      flows: given.flows,
      steps: time?.steps ?? [],
      withinKm: given.within_km,
      weights: given.weights,
      half: given.half,
    };
    const { rows, near } = await findRows(question, asked);
    const layers = choice.control.map(({ layer }) => layer);
    const limitM = Math.max(0, ...choice.events.map(({ ceilingM }) => ceilingM));
    const numbers: ExposureNumbersIn = {
      window: {
        ...(window.from === null ? {} : { from: window.from }),
        ...(window.to === null ? {} : { to: window.to }),
        ...(middle === null ? {} : { middle }),
      },
      ...trendsNumbers(time, rows),
      ...{ at, within_km: given.within_km, rows: rows.length, flows_left_out: all_records - taken },
      rows_with_few_attacks: rows.filter(({ attacks }) => attacks.attacks < FEW).length,
      rows_imprecise: rows.filter(({ precision_m }) => (precision_m ?? 0) > given.within_km * 1000).length,
      commodities_left_out: Math.max(0, commoditiesOf(rows).length - COMMODITY_COLUMNS),
      attacks: { counted: near.attacks, killed: near.killed, imprecise: near.imprecise },
      ...{ ground: byGround(rows), weights: given.weights, top: rows.slice(0, TOP).map((row) => topRow(row, choice)) },
    };
    return {
      numbers,
      parts: toParts(choice.of, rows),
      text: {
        en: exposureInWords('en', numbers, rows, given.weights, layers),
        fr: exposureInWords('fr', numbers, rows, given.weights, layers),
      },
      caveats: [
        ...caveatsOf(numbers, [...choice.of, ...choice.events, ...choice.corridors, ...choice.control], limitM),
        ...(time ? stepCaveats(time) : []),
        ...silentRows(rows, choice.events),
      ],
    };
  },
});

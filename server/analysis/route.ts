import { approximate, type Caveat, fewEvents, modelled, partlyInWindow, tooImprecise } from './caveats.ts';
import { silentBins } from './corridor/caveats.ts';
import { countsEvents } from './corridor/measure.ts';
import { defineProcess } from './process.ts';
import { compareWays } from './route/compare-ways.ts';
import { RouteInputs } from './route/inputs.ts';
import { countShared, measureWays, type Way, weighWays } from './route/measure-ways.ts';
import { type Numbers, RouteNumbers } from './route/numbers.ts';
import { toParts } from './route/parts.ts';
import { toTable } from './route/table.ts';
import { sharing, tell } from './route/tell.ts';

function caveatsOf(ways: readonly Way[], numbers: Numbers): Caveat[] {
  const asked = ways.flatMap(({ measured: { line, asked } }) => [
    ...(line.layer ? [line.layer] : []),
    ...asked.map(({ layer }) => layer),
  ]);
  const layers = [...new Map(asked.map((layer) => [layer.id, layer])).values()];
  const own = ways.flatMap(({ measured }) => measured.line.caveats);
  const leftOut = ways.map(({ measures }) => measures.collections.reduce((sum, { left_out }) => sum + left_out, 0));
  return [
    ...modelled(layers),
    ...new Map(own.map((caveat) => [caveat.text.en, caveat])).values(),
    ...approximate(layers),
    ...tooImprecise(Math.max(...leftOut), ways[0]?.measured.withinM ?? 0),
    ...(ways.some(({ measured }) => countsEvents(measured))
      ? fewEvents(Math.min(...ways.map(({ measures }) => measures.events.count)))
      : []),
    ...partlyInWindow(Math.max(...ways.map(({ measured }) => measured.total?.partly ?? 0))),
    ...sharing(numbers.comparisons),
    ...silentBins(ways.map(({ measured, measures }) => [measured, measures])),
  ];
}

export const route = defineProcess({
  id: 'route',
  title: { en: 'Ways compared', fr: 'Itinéraires comparés' },
  description: {
    en: 'Two or more ways between places, each measured as the process `corridor` measures a line, side by side: length, events and their rate with its exact interval, who holds the ground, borders and rivers crossed; and how the rates of each two compare, with the exact interval of their ratio. Events near two ways count for both. No way is called better.',
    fr: 'Deux itinéraires ou plus entre des lieux, chacun mesuré comme le processus `corridor` mesure une ligne, côte à côte : longueur, événements et leur taux avec son intervalle exact, qui tient le terrain, frontières et cours d’eau franchis ; et le rapport des taux de chaque couple, avec son intervalle exact. Les événements proches de deux itinéraires comptent pour chacun. Aucun itinéraire n’est dit meilleur.',
  },
  inputs: RouteInputs,
  numbers: RouteNumbers,
  estimate: async (question, inputs) => {
    const costs = await weighWays(question, inputs);
    const sum = (of: 'comparisons' | 'seconds') => costs.reduce((whole, cost) => whole + cost[of], 0);
    // Each two are looked at once more for what they share.
    const times = 1 + (costs.length - 1) / 2;
    return { comparisons: sum('comparisons') * times, seconds: sum('seconds') * times };
  },
  run: async (question, inputs) => {
    const ways = await measureWays(question, inputs);
    const comparisons: Numbers['comparisons'] = [];
    for (const [index, way] of ways.entries()) {
      for (const other of ways.slice(0, index)) {
        comparisons.push(compareWays(way, other, await countShared(question, way, other, inputs)));
      }
    }
    const numbers: Numbers = {
      ways: ways.map(({ way, measured, measures }) => ({ way, title: measured.line.title, measures })),
      table: toTable(ways),
      comparisons,
    };
    return { numbers, parts: toParts(ways), text: tell(numbers), caveats: caveatsOf(ways, numbers) };
  },
});

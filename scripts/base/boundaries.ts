import { clipLines, toLines } from './clip.ts';
import { OUTLINE_PRECISION_M } from './countries.ts';
import { COUNTRIES } from './country-names.ts';
import { locator } from './packages.ts';
import type { Draft } from './records.ts';
import { joinLines } from './rings.ts';
import { arcPoints } from './topology.ts';
import { undirected, type World } from './world.ts';

/** Borders that the United Nations do not show as final. */
const DISPUTED: Record<string, string> = {
  'EH-MA':
    "The northern limit of Western Sahara as United Nations maps show it (27°40' N), drawn along the parallel by this project, for Natural Earth has no line there; the territory's status is not settled.",
  'SD-SS': 'The final boundary between Sudan and South Sudan has not yet been determined.',
};

const REMARKS: Record<string, string> = {
  'BF-BJ':
    'Sovereignty over the strip at Kourou/Koualou is left open between the two states; the source draws one line.',
};

/** International borders: arcs between two countries, as lines in one record per pair. The coast and the box are no borders. */
export function boundaries(world: World): Draft[] {
  const pairs = new Map<string, number[]>();
  for (const [arc, countries] of neighboursOf(world)) {
    if (countries.length !== 2) continue;
    const pair = countries.toSorted().join('-');
    pairs.set(pair, [...(pairs.get(pair) ?? []), arc]);
  }
  const between = [...pairs].flatMap(([pair, arcs]): Draft[] => {
    const [a = '', b = ''] = pair.split('-');
    const lines = clipLines(joinArcs(world, arcs, a));
    if (lines.length === 0) return [];
    const disputed = DISPUTED[pair];
    return [record(pair, [a, b], lines, disputed ? 'disputed' : 'international', disputed ?? REMARKS[pair] ?? null)];
  });
  const berm = record('EH-berm', ['EH', 'EH'], [arcPoints(world.arcs, world.berm)], 'disputed', BERM);
  return [...between, { ...berm, fields: { ...berm.fields, ...BERM_NAMES } }];
}

const BERM = 'The berm, ceasefire line of 1991 within Western Sahara; not an international border.';
const BERM_NAMES = { name: 'Western Sahara: the berm', name_fr: 'Sahara occidental : le mur de sable' };

function neighboursOf(world: World): Map<number, string[]> {
  const used = new Map<number, string[]>();
  for (const [iso, arcs] of world.countries)
    for (const arc of arcs.map(undirected)) used.set(arc, [...(used.get(arc) ?? []), iso]);
  return used;
}

/** In the direction in which `side` runs around its land, so that what follows on joins. */
function joinArcs(world: World, arcs: readonly number[], side: string): ReturnType<typeof joinLines> {
  const directed = (world.countries.get(side) ?? []).filter((index) => arcs.includes(undirected(index)));
  return joinLines(directed.map((index) => arcPoints(world.arcs, index)));
}

function record(
  id: string,
  sides: [string, string],
  lines: ReturnType<typeof joinLines>,
  kind: 'international' | 'disputed',
  note: string | null,
): Draft {
  const [a, b] = sides.map((iso) => COUNTRIES.find((country) => country.iso === iso));
  if (!a || !b) throw new Error(`no names for the border ${id}`);
  return {
    record_id: `boundaries/${id}`,
    geometry: toLines(lines),
    fields: {
      name: `${a.name} – ${b.name}`,
      name_fr: `${a.name_fr} – ${b.name_fr}`,
      class: kind,
      side_a: a.iso,
      side_b: b.iso,
    },
    confidence: 'documented',
    precision_m: OUTLINE_PRECISION_M,
    source: 'natural-earth',
    locator: locator('world-atlas', 'countries-10m.json'),
    note,
  };
}

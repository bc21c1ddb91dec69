import { clipPolygon } from './clip.ts';
import { COUNTRIES, MALI, NEIGHBOURS } from './country-names.ts';
import { locator } from './packages.ts';
import type { Draft } from './records.ts';
import { toPolygons } from './rings.ts';
import { arcPoints } from './topology.ts';
import type { World } from './world.ts';

/** Islets below this many square degrees (12 km²) only add bytes at the scales of this map. */
const ISLET = 0.001;

/** Ninety per cent of Mali's outline lies this close to the outline that OCHA publishes (COD-AB 2015). */
export const OUTLINE_PRECISION_M = 3000;

const NOTES: Record<string, string> = {
  EH: "Non-self-governing territory in the United Nations' list; its status is not settled. Natural Earth draws the part west of the berm with Morocco; here the whole territory south of 27°40' N is one record.",
  MA: "Drawn down to 27°40' N, where Western Sahara begins on United Nations maps; Natural Earth draws it down to the berm.",
};

/** Land by country, clipped to the box. Neighbours share every vertex of their common border. */
export function countries(world: World): Draft[] {
  const near = new Set(NEIGHBOURS.map(({ iso }) => iso));
  return COUNTRIES.flatMap(({ iso, name, name_fr }): Draft[] => {
    const lines = (world.countries.get(iso) ?? []).map((index) => arcPoints(world.arcs, index));
    const geometry = clipPolygon(toPolygons(lines, ISLET));
    if (!geometry) return [];
    const part = iso === MALI.iso ? 'mali' : near.has(iso) ? 'neighbour' : 'other';
    return [
      {
        record_id: `countries/${iso}`,
        geometry,
        fields: { name, name_fr, iso, part, rank: ['mali', 'neighbour', 'other'].indexOf(part) + 1 },
        confidence: 'documented',
        precision_m: OUTLINE_PRECISION_M,
        source: 'natural-earth',
        locator: locator('world-atlas', 'countries-10m.json'),
        note: NOTES[iso] ?? null,
      },
    ];
  });
}

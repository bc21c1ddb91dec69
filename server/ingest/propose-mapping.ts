import type { Layer } from '../core/layer.ts';
import type { Mapping } from '../core/mapping.ts';
import { PROFILES } from './profiles.ts';
import { proposeGeneric } from './propose/generic.ts';
import type { Surroundings, Table } from './propose/table.ts';
import type { FileReport, LayerReport } from './report.ts';

export interface Proposal {
  readonly mapping: Mapping;
  /** Name of the profile by which the file was known; null: it is of no known kind. */
  readonly profile: string | null;
}

/** A layer of a file, with the HXL tags of its columns where they were read. */
type TaggedLayer = LayerReport & { readonly tags?: readonly string[] | null };

export interface Proposing extends Surroundings {
  readonly report: Pick<FileReport, 'layers'>;
}

/**
 * How the columns of a file become the fields of a layer, as a beginning for the person who sent it. A file of a known
 * kind is told by its columns; any other becomes a layer of its own with the schema that was inferred. Looks at the layer
 * of the file that a profile knows, else at the one with the most records that lie somewhere.
 */
export function proposeMapping({ report, ...surroundings }: Proposing): Proposal {
  const tables = report.layers.map(toTable).sort(byPromise);
  const known = surroundings.layers as readonly Layer[];
  for (const { name, propose } of PROFILES) {
    for (const table of tables) {
      const mapping = propose(table, { ...surroundings, layers: known });
      if (mapping) return { mapping, profile: name };
    }
  }
  return { mapping: proposeGeneric(tables[0] ?? toTable(EMPTY, 0), surroundings), profile: null };
}

/** A file in which nothing could be read still has a mapping, which a person may change. */
const EMPTY: LayerReport = {
  ...{ name: null, crs: null, columns: null, features: 0, location: null, geometries: [], fields: [] },
};

function toTable(layer: TaggedLayer, part: number): Table {
  const columns = layer.columns ?? layer.fields.map(({ name }) => name);
  // A table whose only header is the row of tags is called by them.
  const areTags =
    columns.length > 0 &&
    columns.every((column) => /^(?:#[a-z]|c\d+$)/.test(column)) &&
    columns.some((column) => column.startsWith('#'));
  return { part, layer, columns, tags: layer.tags ?? (areTags ? columns : []) };
}

const isPlaced = ({ layer }: Table) => layer.geometries.length > 0;

function byPromise(a: Table, b: Table): number {
  return Number(isPlaced(b)) - Number(isPlaced(a)) || b.layer.features - a.layer.features || a.part - b.part;
}

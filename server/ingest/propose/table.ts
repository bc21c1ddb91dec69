import type { Layer } from '../../core/layer.ts';
import type { LayerReport } from '../report.ts';

/** One layer of the file, as the proposal of a mapping looks at it. */
export interface Table {
  /** Its place in the file, from 0. */
  readonly part: number;
  readonly layer: LayerReport;
  readonly columns: readonly string[];
  /** HXL tag of each column, in the order of the columns; empty where there is none. */
  readonly tags: readonly string[];
}

/** What else a proposal may go by. */
export interface Surroundings {
  readonly fileName: string;
  /** The catalogue. */
  readonly layers: readonly Layer[];
  /** Id of the upload. */
  readonly upload: string;
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** Finds columns by name, whatever their case, spaces and underscores: the first of the names that is there. */
export function columnFinder(columns: readonly string[]): (...names: readonly string[]) => string | undefined {
  const byName = new Map<string, string>();
  for (const column of columns) if (!byName.has(plain(column))) byName.set(plain(column), column);
  return (...names) => names.map((name) => byName.get(plain(name))).find((column) => column !== undefined);
}

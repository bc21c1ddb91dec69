import { UnreadableFile } from '../errors.ts';
import type { Issue } from '../feature.ts';
import type { Database, Row } from './database.ts';

export interface Column {
  readonly name: string;
  /** As declared, in upper case: `INTEGER`, `BOOLEAN`, `TEXT(40)`, ... */
  readonly type: string;
}

/** A table that a GeoPackage lists. */
export interface FeatureTable {
  readonly name: string;
  /** Null: a table without geometry. */
  readonly geometry: string | null;
  /** What a geometry's own number is held against. */
  readonly srs: number | null;
  readonly crs: number | string | null;
  /** The column with the row's number; null in tables that have none. */
  readonly key: string | null;
  /** The others, geometry left out. */
  readonly columns: readonly Column[];
}

/** An SQL identifier; SQLite doubles quotes, and a null character cannot be in one. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The tables of features and attributes, in the order of gpkg_contents.
 * @throws UnreadableFile when it is a database of another kind, or lists nothing that can be read
 */
export function listTables(database: Database, fileName: string): { tables: FeatureTable[]; issues: Issue[] } {
  const kinds = new Map(
    database
      .all("SELECT lower(name) AS name, type, sql LIKE 'create virtual%' AS virtual FROM sqlite_master")
      .filter(({ type }) => type === 'table' || type === 'view')
      .map(({ name, type, virtual }) => [name, type === 'table' && virtual !== 1]),
  );
  if (kinds.get('gpkg_contents') !== true || kinds.get('gpkg_geometry_columns') === false) {
    throw new UnreadableFile(
      `"${fileName}" is an SQLite database but no GeoPackage: it has no table gpkg_contents. Export it as GeoPackage.`,
    );
  }
  const geometries = kinds.has('gpkg_geometry_columns')
    ? database.all('SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns')
    : [];
  const systems = kinds.get('gpkg_spatial_ref_sys')
    ? database.all('SELECT srs_id, organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys')
    : [];
  const tables: FeatureTable[] = [];
  const issues: Issue[] = [];
  for (const content of database.all('SELECT table_name, data_type, srs_id FROM gpkg_contents')) {
    const name = String(content.table_name);
    if (content.data_type !== 'features' && content.data_type !== 'attributes') {
      issues.push(leftOut(name, `It holds ${String(content.data_type).slice(0, 40)}, not features.`));
    } else if (kinds.get(name.toLowerCase()) !== true) {
      issues.push(
        leftOut(
          name,
          kinds.has(name.toLowerCase())
            ? 'It is a view, which is not run. Export its result as a table.'
            : 'The list of contents names it, but it is not there.',
        ),
      );
    } else {
      const geometry = geometries.find((row) => String(row.table_name).toLowerCase() === name.toLowerCase());
      tables.push(describe(database, name, geometry, systems));
    }
  }
  if (tables.length === 0) {
    const why = issues.map(({ place, detail }) => `${place.part}: ${detail}`).slice(0, 5);
    throw new UnreadableFile(`The GeoPackage "${fileName}" has no table of features. ${why.join(' ')}`.trim());
  }
  return { tables, issues };
}

function describe(database: Database, name: string, geometry: Row | undefined, systems: readonly Row[]): FeatureTable {
  // Generated columns are hidden: 2 or 3. They are expressions of the file's maker, which are not run.
  const all = database.all(`PRAGMA table_xinfo(${quoted(name)})`).filter(({ hidden }) => hidden === 0);
  const column = geometry ? String(geometry.column_name).toLowerCase() : null;
  const keys = all.filter(({ pk }) => pk !== 0);
  const key = keys.length === 1 && /^INTEGER$/i.test(String(keys[0]?.type)) ? String(keys[0]?.name) : null;
  const names = all.map((row) => ({ name: String(row.name), type: String(row.type).toUpperCase() }));
  return {
    name,
    geometry: names.find((candidate) => candidate.name.toLowerCase() === column)?.name ?? null,
    srs: geometry ? Number(geometry.srs_id) : null,
    crs: geometry ? crsOf(systems.find(({ srs_id }) => srs_id === geometry.srs_id)) : null,
    key,
    columns: names.filter((candidate) => candidate.name !== key && candidate.name.toLowerCase() !== column),
  };
}

/** EPSG's number, or the definition as WKT; null for the two systems that are called undefined. */
function crsOf(system: Row | undefined): number | string | null {
  if (!system) return null;
  const code = Number(system.organization_coordsys_id);
  if (String(system.organization).toUpperCase() === 'EPSG' && Number.isInteger(code) && code > 0) return code;
  const definition = String(system.definition ?? '').trim();
  return definition === '' || /^undefined$/i.test(definition) ? null : definition;
}

const leftOut = (name: string, why: string): Issue => ({
  code: 'table-left-out',
  severity: 'warning',
  index: null,
  place: { part: name.slice(0, 200) },
  value: null,
  detail: why,
});

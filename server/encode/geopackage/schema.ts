import type { Field, Layer } from '../../core/layer.ts';
import { describedNature, type Provenance } from '../formats/provenance.ts';
import { quoted, type Statement } from './statement.ts';
import { spatialTriggers } from './triggers.ts';

/** "GPKG", and version 1.3. */
const APPLICATION = 0x47504b47;
const VERSION = 10_300;

const SQL_TYPES: Readonly<Record<Field['type'], string>> = {
  string: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  strings: 'TEXT',
};

const GEOMETRY_TYPES = { point: 'POINT', line: 'MULTILINESTRING', polygon: 'MULTIPOLYGON' } as const;

const WGS_84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],' +
  'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,' +
  'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]';

/** For speed: the file is thrown away if it is not finished. `maxBytes`: SQLite ends with "full" beyond. */
export function openingStatements(maxBytes: number): Statement[] {
  const pageBytes = 4096;
  return [
    [`PRAGMA page_size = ${pageBytes}`],
    [`PRAGMA application_id = ${APPLICATION}`],
    [`PRAGMA user_version = ${VERSION}`],
    ['PRAGMA journal_mode = OFF'],
    ['PRAGMA synchronous = OFF'],
    [`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / pageBytes))}`],
  ];
}

/**
 * The tables that every GeoPackage has, those of its extensions that are used here (R-tree, schema, metadata), and the
 * table of records. Source: OGC 12-128r18 (1.3).
 */
export function tableStatements(
  { id, geometry }: Pick<Layer, 'id' | 'geometry'>,
  fields: readonly Field[],
): Statement[] {
  const columns = fields.map(({ name, type }) => `, ${quoted(name)} ${SQL_TYPES[type]}`).join('');
  return [
    [
      `CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)`,
    ],
    [
      `INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL),
        ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL), ('WGS 84', 4326, 'EPSG', 4326, ?, 'longitude/latitude in degrees')`,
      [WGS_84],
    ],
    [
      `CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))`,
    ],
    [
      `CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))`,
    ],
    [
      `CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))`,
    ],
    [
      `CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
        description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name))`,
    ],
    [
      `CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
        md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')`,
    ],
    [
      `CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
        row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
        CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
        CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))`,
    ],
    [
      `CREATE TABLE ${quoted(id)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ${GEOMETRY_TYPES[geometry]}${columns})`,
    ],
  ];
}

/** Inserts a record: its number, its blob, then its fields in their order. */
export function insertStatement({ id }: Pick<Layer, 'id'>, fields: readonly Field[]): string {
  return `INSERT INTO ${quoted(id)} VALUES (?, ?${', ?'.repeat(fields.length)})`;
}

const SPECIFICATION = 'http://www.geopackage.org/spec130/index.html';

/** What is said of the records when they are in. `bounds`: west, east, south, north; null when there are none. */
export function describingStatements(
  { id, geometry }: Pick<Layer, 'id' | 'geometry'>,
  fields: readonly Field[],
  provenance: Provenance,
  bounds: readonly number[] | null,
): Statement[] {
  const [west = null, east = null, south = null, north = null] = bounds ?? [];
  const { title, description, licence, attribution } = provenance;
  const about = `${describedNature(provenance)} ${description.en} ${attribution.en}. Licence: ${licence.name}.`;
  const extension = (
    table: string,
    column: string | null,
    name: string,
    anchor: string,
    scope = 'read-write',
  ): Statement => [
    'INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)',
    [table, column, name, `${SPECIFICATION}#${anchor}`, scope],
  ];
  return [
    [
      `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)
        VALUES (?, 'features', ?, ?, ?, ?, ?, ?, 4326)`,
      [id, title.en, about, west, south, east, north],
    ],
    [`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)`, [id, GEOMETRY_TYPES[geometry]]],
    ...fields.map(
      ({ name, title: heading, unit, type }): Statement => [
        'INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, ?, NULL)',
        [id, name, heading.en, unit ?? null, type === 'strings' ? 'application/json' : null],
      ],
    ),
    [
      `INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://www.rfc-editor.org/rfc/rfc8259', 'application/json', ?)`,
      [JSON.stringify(provenance)],
    ],
    [`INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, 1)`, [id]],
    extension(id, 'geom', 'gpkg_rtree_index', 'extension_rtree', 'write-only'),
    extension('gpkg_data_columns', null, 'gpkg_schema', 'extension_schema'),
    extension('gpkg_metadata', null, 'gpkg_metadata', 'extension_metadata'),
    extension('gpkg_metadata_reference', null, 'gpkg_metadata', 'extension_metadata'),
    ...spatialTriggers(id),
  ];
}

/** A class of a standard, and the test file that holds the abstract tests by which we say that we conform to it. */
export interface ConformanceClass {
  readonly uri: string;
  /** From the project's folder. */
  readonly test: string;
}

const OGC = 'http://www.opengis.net/spec';

const classes = (standard: string, test: string, names: readonly string[]): ConformanceClass[] =>
  names.map((name) => ({ uri: `${OGC}/${standard}/conf/${name}`, test }));

/** What `/conformance` declares. A class stands here only with its tests: `conformance.test.ts` reads their files. */
export const CONFORMANCE: readonly ConformanceClass[] = [
  ...classes('ogcapi-common-1/1.0', 'test/http/ogc-common.test.ts', ['core', 'landing-page', 'json', 'html', 'oas30']),
  ...classes('ogcapi-common-2/1.0', 'test/http/ogc-common.test.ts', ['collections', 'json', 'html']),
  ...classes('ogcapi-features-1/1.0', 'test/http/ogc-features-core.test.ts', ['core', 'geojson']),
  ...classes('ogcapi-features-1/1.0', 'test/http/ogc-common.test.ts', ['html']),
  ...classes('ogcapi-features-1/1.0', 'test/http/openapi.test.ts', ['oas30']),
  ...classes('ogcapi-features-3/1.0', 'test/http/ogc-features-queryables.test.ts', [
    'queryables',
    'queryables-query-parameters',
  ]),
  ...classes('ogcapi-features-3/1.0', 'test/http/ogc-features-filter.test.ts', ['filter', 'features-filter']),
  ...classes('cql2/1.0', 'test/http/ogc-cql2.test.ts', [
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'accent-insensitive-comparison',
    'basic-spatial-functions',
    // As drafts had it, and as some versions of QGIS look for it.
    'basic-spatial-operators',
    'basic-spatial-functions-plus',
    'spatial-functions',
    'temporal-functions',
    'array-functions',
    'property-property',
    'arithmetic',
  ]),
  ...classes('ogcapi-tiles-1/1.0', 'test/http/ogc-tiles.test.ts', [
    'core',
    'tileset',
    'tilesets-list',
    'geodata-tilesets',
    'mvt',
    'oas30',
  ]),
  ...classes('ogcapi-processes-1/1.0', 'test/http/ogc-processes.test.ts', [
    'core',
    'ogc-process-description',
    'json',
    'oas30',
    'job-list',
    'dismiss',
  ]),
  ...classes('tms/2.0', 'test/http/ogc-tiles.test.ts', ['tilematrixset', 'json-tilematrixset']),
];

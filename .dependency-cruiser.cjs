/**
 * The floors of the house, and those of the page. A file imports from its own folder or from a lower floor, never from another folder of the
 * same floor. `test/unit/floors.test.ts` holds these rules to a small tree that breaks each of them.
 */
const FLOORS = [['core', 'stats'], ['query', 'encode', 'ingest'], ['db', 'tiles', 'jobs', 'analysis'], ['http']];

/** What reads the environment and puts the parts together: in one process, or in a set of them. */
const ROOF = '^server/([^/]+\\.ts$|set/)';

const folder = (names) => `^server/(${names.join('|')})/`;

/** For each folder of a floor: everything in server/ but itself and the floors below. */
const floorRules = FLOORS.flatMap((floor, level) =>
  floor.map((name) => ({
    name: `floor-${level}-${name}`,
    comment: `server/${name} is on floor ${level}: it imports only from itself and from floors below ${level}.`,
    severity: 'error',
    from: { path: folder([name]) },
    to: { path: '^server/', pathNot: folder([name, ...FLOORS.slice(0, level).flat()]) },
  })),
);

/** The same of the page. Its top folder holds the one store and pure functions that any of them may use. */
const CLIENT_FLOORS = [
  ['i18n', 'clock', 'filter', 'measure', 'offline'],
  ['api', 'charts'],
  ['ask', 'reading', 'table', 'connect', 'api-page', 'export'],
  ['state'],
  ['address', 'search'],
  ['map'],
  ['panels'],
  ['print'],
];

const clientFolder = (names) => `^client/(${names.join('|')})/`;

const clientRules = CLIENT_FLOORS.flatMap((floor, level) =>
  floor.map((name) => ({
    name: `client-${level}-${name}`,
    comment: `client/${name} is on floor ${level} of the page: it imports only from itself and from floors below ${level}.`,
    severity: 'error',
    // Undoing puts parts of the address back, which read and write the store.
    from: { path: clientFolder([name]), pathNot: '^client/state/undo\\.ts$' },
    to: { path: '^client/[^/]+/', pathNot: clientFolder([name, 'css', ...CLIENT_FLOORS.slice(0, level).flat()]) },
  })),
);

const npm = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** Only these files may import the package. */
const sole = (name, packages, pathNot) => ({
  name,
  comment: `Only ${pathNot} imports ${packages.join(', ')}.`,
  severity: 'error',
  from: { path: '^(server|client)/', pathNot },
  to: { path: npm(packages) },
});

module.exports = {
  forbidden: [
    ...floorRules,
    ...clientRules,
    {
      name: 'floors-stand-alone',
      comment: 'Files directly in server/, and set/, are the roof: nothing below imports them.',
      severity: 'error',
      from: { path: '^server/', pathNot: ROOF },
      to: { path: ROOF },
    },
    {
      name: 'pure-core-stats',
      comment:
        'core and stats do no I/O: from npm only zod, turf, h3-js and jsonc-parser (where a filter stops being JSON), nothing of Node.',
      severity: 'error',
      from: { path: folder(FLOORS[0]) },
      to: {
        dependencyTypesNot: ['local', 'type-only'],
        pathNot: npm(['zod', '@turf/[^/]+', 'h3-js', 'jsonc-parser', '@types/geojson']),
      },
    },
    {
      name: 'pure-query-encode-ingest',
      comment: 'query, encode and ingest turn values into values: nothing of Node that reads or writes.',
      severity: 'error',
      from: { path: folder(FLOORS[1]) },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|dgram|dns|cluster)(/|$)' },
    },
    sole('pg-in-db', ['pg', 'pg-[^/]+', '@types/pg'], '^server/db/'),
    sole(
      'express-in-http',
      ['express', 'helmet', 'compression', '@types/express', '@types/compression'],
      '^server/http/',
    ),
    sole('maplibre-in-map', ['maplibre-gl'], '^client/map/'),
    {
      name: 'client-knows-core-only',
      comment: 'The client shares the pure core with the server and nothing else.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server/(?!core/)|scripts/|test/)' },
    },
    {
      name: 'server-knows-no-client',
      comment: 'The server, scripts and data never import the page or the tests.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(client|test|scripts)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|\\.config\\.ts$' },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|inline)|^virtual:' },
    },
    {
      name: 'declared',
      comment: 'What runs on the server stands under dependencies, not devDependencies.',
      severity: 'error',
      from: { path: '^server/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|data)/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    reporterOptions: {
      mermaid: { minify: false },
      dot: { collapsePattern: '^(server/[^/]+|client/[^/]+|node_modules/[^/]+)' },
    },
  },
};

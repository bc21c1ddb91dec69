import { createRequire } from 'node:module';
import { cruise, type ICruiseResult } from 'dependency-cruiser';

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

/** Folders of server/ per floor, from the names of the rules. */
const FLOORS = [0, 1, 2, 3].map((level) =>
  forbidden.flatMap(({ name }) => (name.startsWith(`floor-${level}-`) ? [name.replace(/^floor-\d-/, '')] : [])),
);

const ROOF = ['main.ts', 'set', 'serve.ts', 'lead.ts', 'connections.ts', 'config.ts'];

/** The text of docs/floors.md, drawn from the imports of the code in `root`. */
export async function floorsPage(root: string): Promise<string> {
  const edges = await folderImports(root);
  const known = new Set(edges.flat());
  const box = (name: string) => `    ${id(name)}["${name}"]`;
  const floors = FLOORS.map((names, level) => ({
    title: `floor ${level}${level < 2 ? ', pure' : ''}`,
    names: names.map((name) => `server/${name}`).filter((name) => known.has(name)),
  }));
  const stories = [
    { title: 'page', names: ['client'] },
    { title: 'roof', names: ROOF.map((name) => `server/${name}`) },
    ...floors.reverse(),
  ].map(({ title, names }) => ({ title, names: names.filter((name) => known.has(name)) }));
  const lines = [
    'flowchart TB',
    ...stories
      .filter(({ names }) => names.length > 0)
      .flatMap(({ title, names }) => [`  subgraph ${id(title)}["${title}"]`, ...names.map(box), '  end']),
    ...edges.map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
  ];
  return [
    '# Floors',
    '',
    'Drawn from the code by `npm run floors`. An arrow points from a folder to one it imports. A folder imports only from',
    'lower floors, and never from another folder of its own floor; `npm run check:floors` holds this.',
    '',
    '```mermaid',
    ...lines,
    '```',
    '',
  ].join('\n');
}

/** Pairs of folder and imported folder, sorted, without those inside one folder. */
async function folderImports(root: string): Promise<[string, string][]> {
  const { output } = await cruise(['server', 'client'], {
    baseDir: root,
    doNotFollow: { path: 'node_modules' },
    includeOnly: { path: '^(server|client)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  });
  const pairs = new Map<string, [string, string]>();
  for (const module of (output as ICruiseResult).modules) {
    for (const dependency of module.dependencies) {
      const pair: [string, string] = [folderOf(module.source), folderOf(dependency.resolved)];
      if (pair[0] !== pair[1]) pairs.set(pair.join(' '), pair);
    }
  }
  return [...pairs.keys()].sort().map((key) => pairs.get(key) as [string, string]);
}

/** `server/core/cql2/ast.ts` is in `server/core`; a file directly in server/ stands for itself; the client is one. */
function folderOf(path: string): string {
  const [top, second] = path.split('/');
  return top === 'client' ? 'client' : `${top}/${second}`;
}

function id(name: string): string {
  return name.replaceAll(/[^a-z0-9]+/g, '_');
}

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';
import { GROUNDS } from '../../server/core/style/ground.ts';

const WORKER = 'sw.js';
const PLACE = '__AZALAI_SHELL__';
/** What is asked for by everybody beside the scripts: other letters of the fonts are kept when somebody reads them. */
const ALWAYS = [
  'index.html',
  ...['sprite.json', 'sprite.png', 'sprite@2x.json', 'sprite@2x.png', 'manifest.webmanifest'],
  ...['400-normal', '600-normal', '400-italic'].map((font) => `fonts/noto-sans-latin-${font}.woff2`),
];

/** What installing the page needs to know of it: https://www.w3.org/TR/appmanifest/ */
const MANIFEST = {
  id: './',
  name: 'Azalai',
  short_name: 'Azalai',
  description: 'A map of armed control, trafficking, mining and violence, with its sources',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: GROUNDS.light.sea,
  icons: [192, 512].map((size) => ({
    src: `icon-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose: 'any',
  })),
};

interface Built {
  readonly type: 'asset' | 'chunk';
  readonly fileName: string;
  readonly name?: string | undefined;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string>; readonly importedAssets: ReadonlySet<string> };
}

/** The files that the page of the map may ask for: its scripts, those that they fetch later, and what both bring. */
function filesOf(bundle: Readonly<Record<string, Built>>): string[] {
  const entry = Object.values(bundle).find(({ isEntry, name }) => isEntry && name === 'index');
  const files = new Set<string>();
  const add = (file: string) => {
    const built = bundle[file];
    if (!built || files.has(file)) return;
    files.add(file);
    for (const next of [...(built.imports ?? []), ...(built.dynamicImports ?? [])]) add(next);
    for (const next of built.viteMetadata?.importedCss ?? []) files.add(next);
    for (const next of built.viteMetadata?.importedAssets ?? []) if (next.startsWith('assets/')) files.add(next);
  };
  if (entry) add(entry.fileName);
  for (const file of Object.keys(bundle)) if (/^assets\/(?:maplibre-gl-worker|icon)-/.test(file)) files.add(file);
  return [...files].sort();
}

/** Makes the page installable: writes its manifest and icons, and tells the service worker which files the page has. */
export function serviceWorkerPlugin(): Plugin {
  return {
    name: 'azalai-service-worker',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(MANIFEST) });
      for (const size of [192, 512]) {
        const source = await readFile(path.join(import.meta.dirname, `icon-${size}.png`));
        this.emitFile({ type: 'asset', fileName: `icon-${size}.png`, source });
      }
    },
    // From the files as they are written: the page itself is among them.
    async writeBundle({ dir = '.' }, bundle) {
      const files = [...ALWAYS, ...filesOf(bundle as unknown as Record<string, Built>)];
      const hash = createHash('sha256').update(await readFile(path.join(dir, 'index.html')));
      for (const file of files) hash.update(file);
      const shell = JSON.stringify({ release: hash.digest('hex').slice(0, 12), files });
      const code = await readFile(path.join(dir, WORKER), 'utf8');
      if (!code.includes(PLACE)) this.error(`${WORKER} has no place for the list of files.`);
      await writeFile(
        path.join(dir, WORKER),
        code.replaceAll(PLACE, () => `(${shell})`),
      );
    },
  };
}

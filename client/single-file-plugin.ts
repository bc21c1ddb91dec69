import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'maplibre-gl/dist/maplibre-gl-worker.mjs';
const VIRTUAL = '\0page-worker';
/** How the package ends: the one thing that makes it a module. */
const EXPORT = /export\{\w+ as default\};?/;

export const ENTRY = 'virtual:single-file';
/** Styles of the map first, as where they are a sheet of their own: the page's change some of them. */
const BEGINNING = `import 'maplibre-gl/dist/maplibre-gl.css';\nimport '${path.join(import.meta.dirname, 'main.tsx')}';`;

/**
 * Lets the map's worker start from the page itself. Its text is written beside the page, which a copy then holds in an
 * element `#map-worker`; the address is one that the page makes of that text. It ends in `.cjs`, by which MapLibre (6.17)
 * knows a classic script: from a file, Chromium starts no worker that is a module.
 */
export function singleFilePlugin(): Plugin {
  return {
    name: 'azalai-single-file',
    enforce: 'pre',
    resolveId(id) {
      if (id === ENTRY) return ENTRY;
      return id.startsWith(WORKER) ? VIRTUAL : null;
    },
    load(id) {
      if (id === ENTRY) return BEGINNING;
      if (id !== VIRTUAL) return null;
      return `const text = document.getElementById('map-worker')?.textContent ?? '';
        export default URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) + '#.cjs';`;
    },
    async generateBundle() {
      const text = await readFile(path.resolve(import.meta.dirname, '../node_modules', WORKER), 'utf8');
      const code = text.replace(EXPORT, '').replace(/^\/\/# sourceMappingURL=.*$/m, '');
      if (EXPORT.test(code) || !EXPORT.test(text)) this.error(`${WORKER} ends otherwise than it did: see EXPORT.`);
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: `(() => {${code}\n})();\n` });
    },
  };
}

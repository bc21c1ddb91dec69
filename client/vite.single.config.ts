import { defineConfig } from 'vite';
import { ENTRY, singleFilePlugin } from './single-file-plugin.ts';

/**
 * The page as one script and one sheet of styles, for copies of the map in a single file (`npm run export -- html`): browsers
 * let a page that is opened as a file read nothing, so nothing may be left to be fetched. Writes `page.js`, `page.css`
 * and `worker.js` into dist/single; `server/jobs/export/single-page.ts` puts them together.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [singleFilePlugin()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/single',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures stand in the sheet itself.
    assetsInlineLimit: Number.POSITIVE_INFINITY,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // Nothing in the page goes by where its script lies.
      transform: { define: { 'import.meta': '{}' } },
      input: ENTRY,
      output: {
        format: 'iife',
        // What the page loads when it is first used is in the same script.
        codeSplitting: false,
        entryFileNames: 'page.js',
        assetFileNames: (asset) => (asset.names[0]?.endsWith('.css') ? 'page.css' : 'assets/[name][extname]'),
      },
    },
  },
});

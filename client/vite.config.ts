import path from 'node:path';
import { defineConfig } from 'vite';
import { brotliPlugin } from './brotli-plugin.ts';
import { serviceWorkerPlugin } from './service-worker/plugin.ts';
import { spritePlugin } from './sprite-plugin.ts';

/** Where `npm run dev:client` finds a running server for everything that is not the page. */
const SERVER = process.env.AZALAI_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that a copy of the page works below any path and from any static server.
  base: './',
  plugins: [spritePlugin(), brotliPlugin(), serviceWorkerPlugin()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy allows no data: but for images, and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // The map, the page that shows the interfaces, the one that prints views; and what runs before the map, and beside it.
      input: {
        ...Object.fromEntries(
          ['index', 'api', 'print'].map((page) => [page, path.join(import.meta.dirname, `${page}.html`)]),
        ),
        'first-view': path.join(import.meta.dirname, 'first-view/main.ts'),
        sw: path.join(import.meta.dirname, 'service-worker/main.ts'),
      },
      output: {
        // The service worker has one address for ever, and the server names what the first view runs.
        entryFileNames: ({ name }) =>
          name === 'sw' || name === 'first-view' ? '[name].js' : 'assets/[name]-[hash].js',
        // Fonts keep their names: the map's style, which is made by the server, names them.
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith('.woff2') ? 'fonts/[name][extname]' : 'assets/[name]-[hash][extname]',
        // MapLibre changes rarely: in a file of its own it stays in the browser's cache when the page changes.
        codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox)/ }] },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/style.json', '/tiles', '/hexes', '/collections', '/sprite', '/fonts', '^/api$', '/pages.css'].map((path) => [
        path,
        SERVER,
      ]),
    ),
  },
});

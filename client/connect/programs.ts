import type { Layer } from '../../server/core/layer.ts';
import type { TextKey } from '../i18n/text.ts';
import { fileSteps, tableSteps } from './files.ts';
import { gdalSteps } from './gdal.ts';
import type { Steps, Subject } from './inspect.ts';
import { qgisSteps } from './qgis.ts';
import { tileSteps } from './tiles.ts';

/** What the programs that people have are told, and how the connection of each is checked. Pure. */

export interface Place {
  /** Address of the server, without a slash at its end. */
  readonly base: string;
  /** Id of the layer. */
  readonly layer: string;
  readonly geometry: Layer['geometry'];
}

/** One thing to do, with what is to be typed or pasted. */
interface Instruction {
  readonly text: TextKey;
  readonly code?: string;
  /** Address of a file to be fetched. */
  readonly file?: string;
}

export interface Way {
  readonly title: TextKey;
  readonly instructions: readonly Instruction[];
}

export interface Program {
  readonly id: 'qgis' | 'gdal' | 'python' | 'maplibre' | 'excel' | 'curl';
  readonly title: string;
  readonly ways: (place: Place) => readonly Way[];
  readonly sequences: readonly ((subject: Subject) => Steps)[];
}

const DRAWN = { point: 'circle', line: 'line', polygon: 'fill' } as const;

export const PROGRAMS: readonly Program[] = [
  {
    id: 'qgis',
    title: 'QGIS',
    ways: ({ base, layer }) => [
      {
        title: 'connect.qgis.file',
        instructions: [{ text: 'connect.qgis.file.get', file: `${base}/collections/${layer}.qlr` }],
      },
      {
        title: 'connect.qgis.features',
        instructions: [
          { text: 'connect.qgis.features.new' },
          { text: 'connect.qgis.features.url', code: base },
          { text: 'connect.qgis.features.add' },
        ],
      },
      {
        title: 'connect.qgis.tiles',
        instructions: [
          { text: 'connect.qgis.tiles.new' },
          { text: 'connect.qgis.tiles.url', code: `${base}/tiles/${layer}/{z}/{x}/{y}.mvt` },
        ],
      },
    ],
    sequences: [qgisSteps, tileSteps],
  },
  {
    id: 'gdal',
    title: 'GDAL, ogr2ogr',
    ways: ({ base, layer }) => [
      {
        title: 'connect.gdal.read',
        instructions: [
          { text: 'connect.gdal.list', code: `ogrinfo "OAPIF:${base}"` },
          { text: 'connect.gdal.copy', code: `ogr2ogr ${layer}.gpkg "OAPIF:${base}" ${layer}` },
          {
            text: 'connect.gdal.part',
            code: `ogr2ogr -spat -6 12 2 18 ${layer}_part.gpkg "OAPIF:${base}" ${layer}`,
          },
        ],
      },
    ],
    sequences: [gdalSteps],
  },
  {
    id: 'python',
    title: 'Python',
    ways: ({ base, layer }) => [
      {
        title: 'connect.python.read',
        instructions: [
          { text: 'connect.python.install', code: 'pip install geopandas pyogrio' },
          {
            text: 'connect.python.run',
            code: `import geopandas\n\n${layer} = geopandas.read_file(\n    "OAPIF:${base}", layer="${layer}"\n)`,
          },
          {
            text: 'connect.python.whole',
            code: `${layer} = geopandas.read_file(\n    "${base}/collections/${layer}/export?f=geojson"\n)`,
          },
        ],
      },
    ],
    sequences: [gdalSteps, fileSteps],
  },
  {
    id: 'maplibre',
    title: 'MapLibre',
    ways: ({ base, layer, geometry }) => [
      {
        title: 'connect.maplibre.layer',
        instructions: [
          {
            text: 'connect.maplibre.source',
            code: [
              `map.addSource('${layer}', { type: 'vector', url: '${base}/tiles/${layer}.json' });`,
              'map.addLayer({',
              `  id: '${layer}', type: '${DRAWN[geometry]}',`,
              `  source: '${layer}', 'source-layer': '${layer}',`,
              '});',
            ].join('\n'),
          },
          {
            text: 'connect.maplibre.style',
            code: `new maplibregl.Map({ container: 'map', style: '${base}/style.json' });`,
          },
        ],
      },
    ],
    sequences: [tileSteps],
  },
  {
    id: 'excel',
    title: 'Excel',
    ways: ({ base, layer }) => [
      {
        title: 'connect.excel.read',
        instructions: [
          { text: 'connect.excel.new' },
          { text: 'connect.excel.url', code: `${base}/collections/${layer}/export?f=csv` },
          { text: 'connect.excel.load' },
        ],
      },
    ],
    sequences: [tableSteps],
  },
  {
    id: 'curl',
    title: 'curl',
    ways: ({ base, layer }) => [
      {
        title: 'connect.curl.read',
        instructions: [
          { text: 'connect.curl.page', code: `curl "${base}/collections/${layer}/items?limit=10"` },
          {
            text: 'connect.curl.filter',
            code: `curl "${base}/collections/${layer}/items?bbox=-6,12,2,18&datetime=2022-01-01/2022-12-31"`,
          },
          { text: 'connect.curl.whole', code: `curl -o ${layer}.gpkg "${base}/collections/${layer}/export?f=gpkg"` },
        ],
      },
    ],
    sequences: [fileSteps],
  },
];

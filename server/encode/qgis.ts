import type { PublishedLayer } from '../core/catalogue.ts';
import { hexLayerName } from '../core/layer.ts';
import { toTileJson } from '../core/tilejson.ts';
import { xml } from './xml.ts';

/** What a layer of QGIS reads of a collection: its records, or its vector tiles. */
export type QgisSource = 'items' | 'tiles';

const PAGE_SIZE = 1_000;

/** As QGIS has them; EPSG:3857 for tiles. */
const CRS84 =
  '<spatialrefsys><authid>OGC:CRS84</authid><srid>4326</srid><description>WGS 84 (CRS84)</description></spatialrefsys>';
const WEB_MERCATOR =
  '<spatialrefsys><authid>EPSG:3857</authid><srid>3857</srid><description>WGS 84 / Pseudo-Mercator</description></spatialrefsys>';

const GEOMETRIES = { point: 'Point', line: 'Line', polygon: 'Polygon' } as const;

/** Inside a value in apostrophes of a QGIS data source; see QgsDataSourceUri. */
const quoted = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The address of tiles by which QGIS puts in zoom, column and row; they are named with no generation, to stay true. */
const tileAddress = (layer: PublishedLayer, base: string) => `${base}/tiles/${layer.id}/{z}/{x}/{y}.mvt`;

function vectorLayer(layer: PublishedLayer, base: string, id: string): string {
  const source = [
    ["pagingEnabled='true'", `pageSize='${PAGE_SIZE}'`, "restrictToRequestBBOX='1'", "srsname='OGC:CRS84'"],
    [`typename=${quoted(layer.id)}`, `url=${quoted(`${base}/`)}`, "version='OGC_API_FEATURES'"],
  ];
  return xml`    <maplayer type="vector" geometry="${GEOMETRIES[layer.geometry]}" readOnly="1">
      <id>${id}</id>
      <datasource> ${source.flat().join(' ')}</datasource>
      <layername>${layer.title.en}</layername>
      <abstract>${layer.description.en}</abstract>
      <attribution>${layer.attribution.en}</attribution>
      <provider encoding="UTF-8">OAPIF</provider>
`.concat(`      <srs>${CRS84}</srs>\n    </maplayer>`);
}

function tileLayer(layer: PublishedLayer, base: string, id: string): string {
  const { maxzoom } = toTileJson([layer], base, 'en');
  const source = `type=xyz&url=${encodeURIComponent(tileAddress(layer, base))}&zmin=0&zmax=${maxzoom}`;
  return xml`    <maplayer type="vector-tile">
      <id>${id}</id>
      <datasource>${source}</datasource>
      <layername>${layer.title.en}</layername>
      <abstract>${layer.description.en}</abstract>
      <attribution>${layer.attribution.en}</attribution>
`.concat(`      <srs>${WEB_MERCATOR}</srs>\n    </maplayer>`);
}

/**
 * A layer definition (.qlr) that QGIS 3.22 and later opens: a layer of the records by OGC API - Features, or of the
 * vector tiles. QGIS asks the server for the rest. `base` is the public address of the server.
 */
export function toLayerDefinition(layer: PublishedLayer, base: string, source: QgisSource): string {
  const id = `azalai_${layer.id}_${source}`;
  const [maplayer, provider] =
    source === 'items' ? [vectorLayer(layer, base, id), 'OAPIF'] : [tileLayer(layer, base, id), ''];
  return `<!DOCTYPE qgis-layer-definition>
<qlr>
${xml`  <layer-tree-group name="" checked="Qt::Checked" expanded="1">
    <layer-tree-layer id="${id}" name="${layer.title.en}" providerKey="${provider}" checked="Qt::Checked" expanded="1"/>
  </layer-tree-group>`}
  <maplayers>
${maplayer}
  </maplayers>
</qlr>
`;
}

/** A file for "Load" under "OGC API - Features" in QGIS: one connection, which lists the collections. */
export function toFeatureConnections(base: string): string {
  return `<!DOCTYPE connections>
<qgsWFSConnections version="1.1">
${xml`  <wfs name="Azalai" url="${`${base}/`}" version="OGC_API_FEATURES" maxnumfeatures="" pagesize="${PAGE_SIZE}" pagingenabled="enabled" ignoreAxisOrientation="false" invertAxisOrientation="false" username="" password=""/>`}
</qgsWFSConnections>
`;
}

/** A file for "Load" under "Vector Tiles" in QGIS: a connection for each collection, and for hexagons of points. */
export function toTileConnections(layers: readonly PublishedLayer[], base: string): string {
  const connections = layers.flatMap((layer) => {
    const { maxzoom } = toTileJson([layer], base, 'en');
    const entry = (name: string, url: string) =>
      xml`  <vectortile name="${name}" url="${url}" zmin="0" zmax="${maxzoom}" serviceType="" styleUrl="" username="" password="" authcfg="" referer=""/>`;
    const records = entry(`Azalai: ${layer.title.en}`, tileAddress(layer, base));
    if (layer.geometry !== 'point') return [records];
    const address = `${base}/hexes/${layer.id}/{z}/{x}/{y}.mvt`;
    return [records, entry(`Azalai: ${layer.title.en}, hexagons (${hexLayerName(layer.id)})`, address)];
  });
  return `<!DOCTYPE connections>
<qgsVectorTileConnections version="1.0">
${connections.join('\n')}
</qgsVectorTileConnections>
`;
}

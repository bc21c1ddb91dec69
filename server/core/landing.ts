import type { Link } from './collection.ts';

const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

/** As QGIS looks for it. */
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

const DESCRIPTION =
  'Maps and analysis of armed control, trafficking, mining and violence in Mali and the Sahel, each record with its source.';

/** The landing page of OGC API Common: from here a client finds everything. `base` is the public address of the server. */
export function toLanding(base: string) {
  const link = (path: string, rel: string, type: string, title: string): Link => ({
    href: base + path,
    rel,
    type,
    title,
  });
  return {
    title: 'Azalai',
    description: DESCRIPTION,
    links: [
      link('/', 'self', 'application/json', 'This document'),
      link('/?f=html', 'alternate', 'text/html', 'This document as a page'),
      link('/api', 'service-desc', OPENAPI_TYPE, 'The interfaces as OpenAPI'),
      link('/api.html', 'service-doc', 'text/html', 'The interfaces, to be read and tried'),
      link('/conformance', 'conformance', 'application/json', 'Classes of OGC standards that hold here'),
      link('/conformance', `${REL}/conformance`, 'application/json', 'Classes of OGC standards that hold here'),
      link('/collections', 'data', 'application/json', 'The collections'),
      link('/collections', `${REL}/data`, 'application/json', 'The collections'),
      link('/tileMatrixSets', `${REL}/tiling-schemes`, 'application/json', 'The grids of tiles'),
      link('/processes', `${REL}/processes`, 'application/json', 'What can be asked'),
      link('/jobs', `${REL}/job-list`, 'application/json', 'Questions whose answers are come back for'),
      link('/style.json', 'style', 'application/json', 'The map as a MapLibre style'),
      link('/qgis-connections.xml', 'related', 'application/xml', 'Connection for QGIS: OGC API - Features'),
      link('/qgis-vector-tiles.xml', 'related', 'application/xml', 'Connections for QGIS: vector tiles'),
    ],
  };
}

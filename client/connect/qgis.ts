import { GEOJSON, JSON_TYPES, lookAtPage } from './features.ts';
import { inspect, isObject, jsonOf, linked, list, member, type Say, type Steps, type Subject } from './inspect.ts';

const OPENAPI = ['application/vnd.oai.openapi+json;version=3.0', 'application/openapi+json;version=3.0'];
const FEATURES = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/';
const PAGE = 10;

/** As the provider "OGC API - Features" of QGIS opens a layer. */
export async function* qgisSteps(subject: Subject): Steps {
  const { base, layer, count } = subject;
  let [description, data] = [`${base}/api`, `${base}/collections`];
  let conformance = `${base}/conformance`;
  yield await inspect(
    subject,
    { name: 'landing', address: `${base}/`, accept: JSON_TYPES[0] ?? '', types: JSON_TYPES },
    (answer, say) => {
      const document = jsonOf(answer);
      description = linked(document, say, { rel: 'service-desc', types: OPENAPI, otherwise: description });
      data = linked(document, say, { rel: 'data', types: JSON_TYPES, otherwise: data });
      conformance = linked(document, say, { rel: 'conformance', types: JSON_TYPES, otherwise: conformance });
    },
  );
  yield await inspect(
    subject,
    { name: 'description', address: description, accept: OPENAPI[0] ?? '', types: OPENAPI },
    (answer, say) => lookAtDescription(jsonOf(answer), layer, say),
  );
  // It puts addresses together itself, from the one of the collections without its query.
  const collection = `${data.replace(/[?#].*$/, '').replace(/\/$/, '')}/${layer}`;
  yield await inspect(
    subject,
    { name: 'collection', address: collection, accept: JSON_TYPES[0] ?? '', types: JSON_TYPES },
    (answer, say) => {
      const document = jsonOf(answer);
      if (member(document, 'id') !== layer) say.fail('otherId', { id: `${member(document, 'id')}` });
      linked(document, say, { rel: 'items', types: GEOJSON, otherwise: '' });
      if (list(list(member(document, 'extent', 'spatial', 'bbox'))[0]).length < 4) say.doubt('noExtent');
    },
  );
  yield await inspect(
    subject,
    { name: 'conformance', address: conformance, accept: JSON_TYPES[0] ?? '', types: JSON_TYPES },
    (answer, say) => {
      const classes = list(member(jsonOf(answer), 'conformsTo'));
      const missing = ['core', 'geojson', 'oas30'].filter((name) => !classes.includes(FEATURES + name));
      if (missing.length > 0) say.fail('noClass', { classes: missing.map((name) => FEATURES + name).join(', ') });
      if (!classes.some((name) => /cql2\/1\.0\/conf\/cql2-text$/.test(String(name)))) say.doubt('noFilters');
    },
  );
  yield await inspect(
    subject,
    {
      ...{ name: 'queryables', address: `${collection}/queryables` },
      ...{ accept: 'application/schema+json', types: ['application/schema+json'] },
    },
    (answer, say) => lookAtQueryables(jsonOf(answer), say),
  );
  const items = `${collection}/items`;
  yield await inspect(
    subject,
    { name: 'items', address: `${items}?limit=${PAGE}`, accept: GEOJSON[0] ?? '', types: GEOJSON },
    (answer, say) => void lookAtPage(answer, say, PAGE, count),
  );
  yield await inspect(subject, { name: 'options', method: 'OPTIONS', address: items, accept: '*/*' }, (answer, say) => {
    const methods = answer.allow.toUpperCase().split(/[,\s]+/);
    if (!methods.includes('GET')) say.fail('noAllow', { allow: answer.allow || '–' });
    const changing = methods.filter((method) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
    if (changing.length > 0) say.doubt('allowsChange', { methods: changing.join(', ') });
  });
  yield await inspect(
    subject,
    { name: 'layerFile', address: `${base}/collections/${layer}.qlr`, accept: '*/*', most: 4_000 },
    (answer, say) => {
      if (!/<qlr[\s>]/.test(new TextDecoder().decode(answer.bytes))) say.fail('noLayerFile');
    },
  );
}

/** Pages and simple filters are planned by it. */
function lookAtDescription(document: unknown, layer: string, say: Say): void {
  const version = String(member(document, 'openapi') ?? '');
  if (!version.startsWith('3.0')) say.fail('openapi', { version: version || '–' });
  const limit = member(document, 'components', 'parameters', 'limit', 'schema');
  if (typeof member(limit, 'maximum') !== 'number' || typeof member(limit, 'default') !== 'number')
    say.doubt('noLimit');
  const path = `/collections/${layer}/items`;
  const operation = member(document, 'paths', path, 'get');
  if (operation === undefined) {
    say.doubt('noPath', { path });
    return;
  }
  // How the answer is written is no filter.
  const styled = list(member(operation, 'parameters')).filter(
    (parameter) => isObject(parameter) && parameter.in === 'query' && parameter.name !== 'f',
  );
  const wrong = styled.filter((each) => member(each, 'style') !== 'form' || member(each, 'explode') !== false);
  if (wrong.length > 0) say.doubt('noForm', { names: wrong.map((each) => member(each, 'name')).join(', ') });
}

const SHAPES = /^https?:\/\/geojson\.org\/schema\/\w+\.json$/;

function lookAtQueryables(document: unknown, say: Say): void {
  const properties = member(document, 'properties');
  if (!isObject(properties) || Object.keys(properties).length === 0) {
    say.fail('noProperties');
    return;
  }
  const isShape = (property: unknown) =>
    SHAPES.test(String(member(property, '$ref') ?? '')) || /^geometry-/.test(String(member(property, 'format') ?? ''));
  const untyped = Object.entries(properties).filter(
    ([, property]) => !isShape(property) && member(property, 'type') === undefined,
  );
  if (untyped.length > 0) say.fail('noTypes', { names: untyped.map(([name]) => name).join(', ') });
  if (!Object.values(properties).some(isShape)) say.fail('noShape');
}

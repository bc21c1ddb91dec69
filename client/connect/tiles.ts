import { inspect, isObject, jsonOf, list, member, type Say, type Steps, type Subject } from './inspect.ts';

const TILE_TYPES = ['application/vnd.mapbox-vector-tile', 'application/x-protobuf'];
/** A tile begins with a layer: field 3 of `vector_tile.Tile`, with a length. https://github.com/mapbox/vector-tile-spec */
const LAYER_TAG = 0x1a;

/** As a web map takes vector tiles by TileJSON; QGIS asks for the same tiles. */
export async function* tileSteps(subject: Subject): Steps {
  const { base, layer, count } = subject;
  let template = `${base}/tiles/${layer}/{z}/{x}/{y}.mvt`;
  yield await inspect(
    subject,
    {
      ...{ name: 'tileJson', address: `${base}/tiles/${layer}.json` },
      ...{ accept: 'application/json', types: ['application/json'] },
    },
    (answer, say) => {
      template = lookAtTileJson(jsonOf(answer), layer, say) ?? template;
    },
  );
  const address = template.replace('{z}', '0').replace('{x}', '0').replace('{y}', '0');
  yield await inspect(
    subject,
    { name: 'tile', address, accept: TILE_TYPES[0] ?? '', types: TILE_TYPES },
    (answer, say) => {
      if (answer.bytes.length === 0) {
        if (count > 0) say.fail('emptyTile', { count });
      } else if (answer.bytes[0] !== LAYER_TAG) say.fail('noTile');
    },
  );
}

function lookAtTileJson(document: unknown, layer: string, say: Say): string | undefined {
  if (!String(member(document, 'tilejson') ?? '').startsWith('3.')) say.fail('noTileJson');
  const layers = list(member(document, 'vector_layers'));
  const found = layers.find((each) => member(each, 'id') === layer);
  if (!found || !isObject(member(found, 'fields'))) say.fail('noVectorLayer', { layer });
  const missing = ['bounds', 'minzoom', 'maxzoom', 'attribution'].filter(
    (name) => member(document, name) === undefined,
  );
  if (missing.length > 0) say.doubt('tileJsonLacks', { names: missing.join(', ') });
  const [template] = list(member(document, 'tiles'));
  if (typeof template === 'string') return template;
  say.fail('noTileAddress');
  return undefined;
}

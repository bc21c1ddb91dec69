import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseJsonFilter } from '../../../../server/core/cql2/parse-json.ts';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';

/**
 * Examples that OGC publishes with CQL2 (21-065r2), as text, with how they are printed where that is otherwise. Polygons of
 * many positions are shortened.
 */
const TEXT: readonly (readonly [written: string, printed?: string])[] = [
  ["city='Toronto'", "city = 'Toronto'"],
  ['balance-150.0 > 0', 'balance - 150 > 0'],
  ["updated >= date('1970-01-01')", "updated >= DATE('1970-01-01')"],
  ['geometry IS NOT NULL'],
  ["name LIKE 'Smith%'"],
  ['depth BETWEEN 100.0 and 150.0', 'depth BETWEEN 100 AND 150'],
  [
    "cityName IN ('Toronto','Frankfurt','Tokyo','New York')",
    "cityName IN ('Toronto', 'Frankfurt', 'Tokyo', 'New York')",
  ],
  ['category NOT IN (1,2,3,4)', 'category NOT IN (1, 2, 3, 4)'],
  ["CASEI(road_class) IN (CASEI('Οδος'),CASEI('Straße'))", "CASEI(road_class) IN (CASEI('Οδος'), CASEI('Straße'))"],
  ["ACCENTI(etat_vol) = ACCENTI('débárquér')"],
  ['S_INTERSECTS(geometry,POINT(36.319836 32.288087))', 'S_INTERSECTS(geometry, POINT(36.319836 32.288087))'],
  [
    'S_CROSSES(road,POLYGON((43.7286 -79.2986, 43.7311 -79.2996,\n 43.7323 -79.2972, 43.7286 -79.2986)))',
    'S_CROSSES(road, POLYGON((43.7286 -79.2986, 43.7311 -79.2996, 43.7323 -79.2972, 43.7286 -79.2986)))',
  ],
  ["T_INTERSECTS(event_time, INTERVAL('1969-07-16T05:32:00Z', '1969-07-24T16:50:35Z'))"],
  ["T_DURING(INTERVAL(touchdown, liftOff), INTERVAL('1969-07-16T13:32:00Z', '1969-07-24T16:50:35Z'))"],
  ["A_CONTAINS(layer:ids, ('layers-ca','layers-us'))", "A_CONTAINS(layer:ids, ('layers-ca', 'layers-us'))"],
  ['vehicle_height > (bridge_clearance-1)', 'vehicle_height > bridge_clearance - 1'],
  ['eo:cloud_cover=0.1 OR eo:cloud_cover=0.2', 'eo:cloud_cover = 0.1 OR eo:cloud_cover = 0.2'],
  [
    '    eo:cloud_cover BETWEEN 0.1 AND 0.2\nAND landsat:wrs_row=28\nAND landsat:wrs_path=203',
    'eo:cloud_cover BETWEEN 0.1 AND 0.2 AND landsat:wrs_row = 28 AND landsat:wrs_path = 203',
  ],
  [
    "beamMode='ScanSAR Narrow' AND s_intersects(footprint,POLYGON((-77.117938 38.936860,-77.04 39.9,-77.117938 38.936860)))",
    "beamMode = 'ScanSAR Narrow' AND S_INTERSECTS(footprint, POLYGON((-77.117938 38.93686, -77.04 39.9, -77.117938 38.93686)))",
  ],
  [
    "swimming_pool=true AND (floors>5\n OR  material LIKE 'brick%'\n OR  material LIKE '%brick')",
    "swimming_pool = TRUE AND (floors > 5 OR material LIKE 'brick%' OR material LIKE '%brick')",
  ],
  [
    "(floors>5 AND material='brick') OR swimming_pool=true",
    "floors > 5 AND material = 'brick' OR swimming_pool = TRUE",
  ],
  ['NOT (floors<5) OR swimming_pool=true', 'NOT floors < 5 OR swimming_pool = TRUE'],
  ["owner NOT LIKE '%Mike%'"],
  ["T_BEFORE(built, DATE('2015-01-01'))"],
  ['S_WITHIN(location,BBOX(-118,33.8,-117.9,34))', 'S_WITHIN(location, BBOX(-118, 33.8, -117.9, 34))'],
  ["CASEI(geophys:SURVEY_NAME) LIKE CASEI('%calcutta%')"],
  [`"id" <> 'fa7e1920-9107-422d-a3db-c468cbc5d6df'`, `id <> 'fa7e1920-9107-422d-a3db-c468cbc5d6df'`],
  [`NOT "name" LIKE 'foo%'`, "name NOT LIKE 'foo%'"],
  ['NOT "value" BETWEEN 10 AND 20', 'value NOT BETWEEN 10 AND 20'],
  ['"value" IN (1.0, 2.0, 3.0)', 'value IN (1, 2, 3)'],
  ['NOT "value" IS NULL', 'value IS NOT NULL'],
  [`(NOT "name" LIKE 'foo%' AND "value" > 10)`, "name NOT LIKE 'foo%' AND value > 10"],
  [
    'S_INTERSECTS("geometry", BBOX(-128.098193, -1.1, -99999.0, 180.0, 90.0, 100000.0))',
    'S_INTERSECTS(geometry, BBOX(-128.098193, -1.1, 180, 90))',
  ],
  [
    'S_EQUALS(\n POLYGON (\n (-0.333333 89.0, -179.0 -89.0, -0.0 89.0, -0.333333 89.0)\n ),\n "geometry"\n)',
    'S_EQUALS(POLYGON((-0.333333 89, -179 -89, 0 89, -0.333333 89)), geometry)',
  ],
  [
    'S_DISJOINT("geometry", MULTIPOLYGON (((144.022387 45.176126, -1.1 0.0, 180.0 47.808086, 144.022387 45.176126))))',
    'S_DISJOINT(geometry, MULTIPOLYGON(((144.022387 45.176126, -1.1 0, 180 47.808086, 144.022387 45.176126))))',
  ],
  [
    'S_TOUCHES("geometry", MULTILINESTRING ((-1.9 -0.99999, 75.292574 1.5, 179.0 -90.0),(-1.9 -1.1, 1.5 8.547371)))',
    'S_TOUCHES(geometry, MULTILINESTRING((-1.9 -0.99999, 75.292574 1.5, 179 -90), (-1.9 -1.1, 1.5 8.547371)))',
  ],
  [
    'S_WITHIN(POLYGON Z ((-49.88024 0.5 -75993.341684, -1.5 -0.99999 -100000.0, 0.0 0.5 -0.333333, -49.88024 0.5 -75993.341684)), "geometry")',
    'S_WITHIN(POLYGON((-49.88024 0.5, -1.5 -0.99999, 0 0.5, -49.88024 0.5)), geometry)',
  ],
  [
    'S_CROSSES("geometry", LINESTRING (172.03086 1.5, 1.1 -90.0, -180.0 0.5))',
    'S_CROSSES(geometry, LINESTRING(172.03086 1.5, 1.1 -90, -180 0.5))',
  ],
  [
    'S_EQUALS(MULTIPOINT ((180.0 -0.5), (179.0 -47.121701)), "geometry")',
    'S_EQUALS(MULTIPOINT((180 -0.5), (179 -47.121701)), geometry)',
  ],
  [
    'S_EQUALS(GEOMETRYCOLLECTION (POINT (1.9 2.00001), LINESTRING (179.0 1.179148, 0.5 0.333333)), "geometry")',
    'S_EQUALS(GEOMETRYCOLLECTION(POINT(1.9 2.00001), LINESTRING(179 1.179148, 0.5 0.333333)), geometry)',
  ],
  [
    `T_BEFORE("updated_at", TIMESTAMP('2012-08-10T05:30:00.000000Z'))`,
    "T_BEFORE(updated_at, TIMESTAMP('2012-08-10T05:30:00.000000Z'))",
  ],
  ["T_CONTAINS(INTERVAL('2000-01-01T00:00:00Z', '2005-01-10T01:01:01.393216Z'), INTERVAL(starts_at, ends_at))"],
  ["T_DISJOINT(INTERVAL('..', '2005-01-10T01:01:01.393216Z'), INTERVAL(starts_at, ends_at))"],
  ["T_EQUALS(updated_at, DATE('1851-04-29'))"],
  ["T_FINISHEDBY(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07', '2010-02-10T05:29:20.073225Z'))"],
  ["T_FINISHES(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07', '2010-02-10T05:29:20.073225Z'))"],
  ["T_MEETS(INTERVAL('2005-01-10', '2010-02-10'), INTERVAL(starts_at, ends_at))"],
  ["T_METBY(INTERVAL('2010-02-10T05:29:20.073225Z', '2010-10-07'), INTERVAL(starts_at, ends_at))"],
  ["T_OVERLAPPEDBY(INTERVAL('1991-10-07', '2010-02-10'), INTERVAL(starts_at, ends_at))"],
  ["T_OVERLAPS(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07T08:21:06.393262Z', '1992-10-09T08:08:08.393473Z'))"],
  ["T_STARTEDBY(INTERVAL('1991-10-07', '2010-02-10'), INTERVAL(starts_at, ends_at))"],
  ["T_STARTS(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07T08:21:06.393262Z', '..'))"],
  ['"value" <= (2 ^ "foo")', 'value <= 2 ^ foo'],
  ['0 = ("foo" % 2)', '0 = foo % 2'],
  ['1 = ("foo" div 2)', '1 = foo div 2'],
  ['value = - foo * 2.0 + "bar" / 6.1234 - "x" ^ 2.0', 'value = -1 * foo * 2 + bar / 6.1234 - x ^ 2'],
  [
    '"value" = ((((-1 * "foo") * 2.0) + ("bar" / 6.1234)) - ("x" ^ 2.0))',
    'value = -1 * foo * 2 + bar / 6.1234 - x ^ 2',
  ],
  [`A_CONTAINEDBY("values", ('a', 'b', 'c'))`, "A_CONTAINEDBY(values, ('a', 'b', 'c'))"],
  [`A_EQUALS(('a', TRUE, 1.0, 8), "values")`, "A_EQUALS(('a', TRUE, 1, 8), values)"],
  [
    `A_OVERLAPS("values", (TIMESTAMP('2012-08-10T05:30:00.000000Z'), DATE('2010-02-10'), FALSE))`,
    "A_OVERLAPS(values, (TIMESTAMP('2012-08-10T05:30:00.000000Z'), DATE('2010-02-10'), FALSE))",
  ],
  [`"name" LIKE CASEI('FOO%')`, "name LIKE CASEI('FOO%')"],
  ['A_CONTAINS(intarrayfield,("foo","bar"))', 'A_CONTAINS(intarrayfield, (foo, bar))'],
  ['S_INTERSECTS(geom,MULTIPOINT(7.02 49.92, 90 180))', 'S_INTERSECTS(geom, MULTIPOINT((7.02 49.92), (90 180)))'],
  ["textfield like ''", "textfield LIKE ''"],
];

/** Examples in JSON, each with its text. */
const JSON_EXAMPLES: readonly (readonly [json: string, text: string])[] = [
  ['{"op":"=","args":[{"property":"city"},"Toronto"]}', "city = 'Toronto'"],
  ['{"op":">","args":[{"op":"-","args":[{"property":"balance"},150.0]},0]}', 'balance - 150 > 0'],
  ['{"op":">=","args":[{"property":"updated"},{"date":"1970-01-01"}]}', "updated >= DATE('1970-01-01')"],
  ['{"op":"not","args":[{"op":"isNull","args":[{"property":"geometry"}]}]}', 'geometry IS NOT NULL'],
  ['{"op":"between","args":[{"property":"depth"},100.0,150.0]}', 'depth BETWEEN 100 AND 150'],
  ['{"op":"not","args":[{"op":"in","args":[{"property":"category"},[1,2,3,4]]}]}', 'category NOT IN (1, 2, 3, 4)'],
  [
    '{"op":"in","args":[{"op":"casei","args":[{"property":"road_class"}]},[{"op":"casei","args":["Οδος"]},{"op":"casei","args":["Straße"]}]]}',
    "CASEI(road_class) IN (CASEI('Οδος'), CASEI('Straße'))",
  ],
  [
    '{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[36.319836,32.288087]}]}',
    'S_INTERSECTS(geometry, POINT(36.319836 32.288087))',
  ],
  [
    '{"op":"t_during","args":[{"interval":[{"property":"touchdown"},{"property":"liftOff"}]},{"interval":["1969-07-16T13:32:00Z","1969-07-24T16:50:35Z"]}]}',
    "T_DURING(INTERVAL(touchdown, liftOff), INTERVAL('1969-07-16T13:32:00Z', '1969-07-24T16:50:35Z'))",
  ],
  [
    '{"op":"a_contains","args":[{"property":"layer:ids"},["layers-ca","layers-us"]]}',
    "A_CONTAINS(layer:ids, ('layers-ca', 'layers-us'))",
  ],
  [
    '{"op":"like","args":[{"op":"casei","args":[{"property":"geophys:SURVEY_NAME"}]},{"op":"casei","args":["%calcutta%"]}]}',
    "CASEI(geophys:SURVEY_NAME) LIKE CASEI('%calcutta%')",
  ],
  [
    '{"op":"and","args":[{"op":">","args":[{"property":"floors"},5]},{"op":"s_within","args":[{"property":"geometry"},{"bbox":[-118,33.8,-117.9,34]}]}]}',
    'floors > 5 AND S_WITHIN(geometry, BBOX(-118, 33.8, -117.9, 34))',
  ],
  [
    '{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[-128.098193,-1.1,-99999.0,180.0,90.0,100000.0]}]}',
    'S_INTERSECTS(geometry, BBOX(-128.098193, -1.1, 180, 90))',
  ],
  [
    '{"op":"s_within","args":[{"type":"Polygon","coordinates":[[[-49.88024,0.5,-75993.341684],[-1.5,-0.99999,-100000.0],[0.0,0.5,-0.333333],[-49.88024,0.5,-75993.341684]]]},{"property":"geometry"}]}',
    'S_WITHIN(POLYGON((-49.88024 0.5, -1.5 -0.99999, 0 0.5, -49.88024 0.5)), geometry)',
  ],
  [
    '{"op":"t_finishedBy","args":[{"interval":[{"property":"starts_at"},{"property":"ends_at"}]},{"interval":["1991-10-07","2010-02-10T05:29:20.073225Z"]}]}',
    "T_FINISHEDBY(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07', '2010-02-10T05:29:20.073225Z'))",
  ],
  [
    '{"op":"t_metBy","args":[{"interval":["2010-02-10T05:29:20.073225Z","2010-10-07"]},{"interval":[{"property":"starts_at"},{"property":"ends_at"}]}]}',
    "T_METBY(INTERVAL('2010-02-10T05:29:20.073225Z', '2010-10-07'), INTERVAL(starts_at, ends_at))",
  ],
];

/** Functions of a server's own: this one has none. */
const FUNCTIONS = [
  'avg(windSpeed) < 4',
  "S_WITHIN(road,Buffer(geometry,10,'m'))",
  'Foo("geometry") = TRUE',
  `FALSE <> Bar("geometry", 100, 'a', 'b', FALSE)`,
];

describe('the published examples of CQL2', () => {
  for (const [written, printed = written] of TEXT) {
    it(`reads ${written.replaceAll(/\s+/g, ' ')}`, () => {
      const { predicate } = parseFilter(written);
      expect(printText(predicate)).to.equal(printed);
      expect(parseJsonFilter(JSON.stringify(predicate)).predicate).to.deep.equal(predicate);
    });
  }

  for (const [json, text] of JSON_EXAMPLES) {
    it(`reads the JSON of ${text}`, () => {
      expect(parseJsonFilter(json).predicate).to.deep.equal(parseFilter(text).predicate);
    });
  }

  for (const written of FUNCTIONS) {
    it(`says of ${written} that there is no such function`, () => {
      expect(() => parseFilter(written)).to.throw(InvalidFilter, /Functions such as "\w+" are not supported/);
    });
  }
});

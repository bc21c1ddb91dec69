/**
 * A filter as a tree. The shapes are those of the CQL2 JSON encoding (OGC 21-065r2), so a tree is its own JSON:
 * `killed > 5` is `{ op: '>', args: [{ property: 'killed' }, 5] }`. A negated form (`NOT LIKE`, `IS NOT NULL`) is the plain
 * one inside `not`, and `-x` is `-1 * x`. Both parsers make these trees, by way of TreeBuilder.
 */
import type { ArithmeticOp, ArrayOp, COMPARISONS, FoldOp, SpatialOp, TemporalOp } from './operators.ts';

export interface PropertyRef {
  readonly property: string;
}

/** A UTC day, `YYYY-MM-DD`. */
export interface DateLiteral {
  readonly date: string;
}

/** An instant, `YYYY-MM-DDThh:mm:ss[.sss]Z`. */
export interface TimestampLiteral {
  readonly timestamp: string;
}

/** A day, an instant, `..` for an open end, or a field. */
export type IntervalEnd = string | PropertyRef;

/** Both ends belong to it, the last day as a whole. */
export interface IntervalLiteral {
  readonly interval: readonly [IntervalEnd, IntervalEnd];
}

/** Longitude and latitude in degrees. Heights are read and dropped. */
export type Position = readonly [number, number];

/** Geometries as in RFC 7946, none of them empty. */
export type PlainGeometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString' | 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon' | 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

export interface GeometryCollection {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly PlainGeometry[];
}

/** West, south, east, north in degrees; west greater than east crosses the antimeridian. */
export interface BboxLiteral {
  readonly bbox: readonly [number, number, number, number];
}

export type GeometryLiteral = PlainGeometry | GeometryCollection | BboxLiteral;

export type Literal = string | number | boolean | DateLiteral | TimestampLiteral;

export interface Arithmetic {
  readonly op: ArithmeticOp;
  readonly args: readonly [Scalar, Scalar];
}

/** A text without regard to capitals (`casei`) or accents (`accenti`). */
export interface Folded {
  readonly op: FoldOp;
  readonly args: readonly [Scalar];
}

/** What can stand on a side of a comparison. */
export type Scalar = PropertyRef | Literal | Arithmetic | Folded;

/** A pattern: `%` any characters, `_` one, `\` takes the next one as it is. */
export type Pattern = string | { readonly op: FoldOp; readonly args: readonly [Pattern] };

export type Temporal = PropertyRef | string | DateLiteral | TimestampLiteral | IntervalLiteral;
export type Spatial = PropertyRef | GeometryLiteral;
export type List = PropertyRef | readonly Scalar[];

export interface Comparison {
  readonly op: (typeof COMPARISONS)[number];
  readonly args: readonly [Scalar, Scalar];
}

export interface Like {
  readonly op: 'like';
  readonly args: readonly [Scalar, Pattern];
}

/** Both bounds belong to the range. */
export interface Between {
  readonly op: 'between';
  readonly args: readonly [Scalar, Scalar, Scalar];
}

export interface In {
  readonly op: 'in';
  readonly args: readonly [Scalar, readonly Scalar[]];
}

export interface IsNull {
  readonly op: 'isNull';
  readonly args: readonly [Scalar | Temporal | Spatial | Predicate];
}

export interface SpatialTest {
  readonly op: SpatialOp;
  readonly args: readonly [Spatial, Spatial];
}

/** Within so many metres on the ellipsoid: an extension of ours. */
export interface NearTest {
  readonly op: 's_dwithin';
  readonly args: readonly [Spatial, Spatial, number];
}

export interface TemporalTest {
  readonly op: TemporalOp;
  readonly args: readonly [Temporal, Temporal];
}

export interface ArrayTest {
  readonly op: ArrayOp;
  readonly args: readonly [List, List];
}

export interface AndOr {
  readonly op: 'and' | 'or';
  readonly args: readonly Predicate[];
}

export interface Not {
  readonly op: 'not';
  readonly args: readonly [Predicate];
}

/** An operator that asks something of values. */
export type Test = Comparison | Like | Between | In | IsNull | SpatialTest | NearTest | TemporalTest | ArrayTest;

/** Anything that is true, false or unknown of a record. A whole filter is one. */
export type Predicate = boolean | AndOr | Not | Test;

export type Expression = Predicate | Scalar | Temporal | Spatial | List;

/** Where something stands in what was written: a character, from 0, or a JSON pointer. */
export type Place = number | string;

/**
 * Where each argument began, beside the tree and not in it, so that trees are equal and print alike whatever they were made
 * from. The key is the list of arguments, because strings and numbers cannot be keys.
 */
export type Positions = WeakMap<readonly unknown[], readonly Place[]>;

/** What a parser makes of a request. An object even where the filter is just FALSE, which no caller may take for none. */
export interface ParsedFilter {
  readonly predicate: Predicate;
  readonly positions: Positions;
}

export { isDate, isTimestamp } from './instants.ts';

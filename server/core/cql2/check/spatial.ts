import { InvalidFilter } from '../../errors.ts';
import type { GeometryLiteral, NearTest, Place, Spatial, SpatialTest } from '../ast.ts';
import { isGeometry } from '../kinds.ts';
import { edgeFault } from './edges.ts';
import { checkGeometry } from './geometry.ts';
import { describe, type Operand, operand, operands, placeOf, type Scope } from './scope.ts';

/** Over more than this a distance is better asked of a box. */
const MAX_METRES = 1_000_000;

/** For these PostGIS takes a collection of different kinds of geometry; for the others it has no answer. */
const TAKES_MIXED: readonly string[] = ['s_intersects', 's_disjoint', 's_dwithin'];

export function checkSpatial({ op, args }: SpatialTest, scope: Scope): SpatialTest {
  for (const each of operands<Spatial>(args, scope)) checkPlace(op, each, scope);
  return { op, args };
}

export function checkNear({ op, args }: NearTest, scope: Scope): NearTest {
  for (const [index, expression] of [args[0], args[1]].entries()) {
    const place = placeOf(args, index, scope);
    checkPlace(op, operand<Spatial>(expression, place, scope), scope);
    const fault = isGeometry(expression) && edgeFault(expression);
    if (fault) throw new InvalidFilter(fault, place);
  }
  const metres = args[2];
  if (!(metres >= 0 && metres <= MAX_METRES)) {
    const place = placeOf(args, 2, scope);
    throw new InvalidFilter(`S_DWITHIN takes metres from 0 to ${MAX_METRES}, not ${metres}.`, place);
  }
  return { op, args };
}

function checkPlace(op: string, asked: Operand<Spatial>, scope: Scope): void {
  const { expression, place, property } = asked;
  if (isGeometry(expression)) {
    refuseMixed(op, expression, place);
    checkGeometry(expression, place, scope);
  } else if (property?.type !== 'geometry') {
    const name = [...scope.properties.values()].find(({ type }) => type === 'geometry')?.name;
    throw new InvalidFilter(`${op.toUpperCase()} takes geometries, but ${describe(asked)}. Ask of "${name}".`, place);
  }
}

function refuseMixed(op: string, geometry: GeometryLiteral, place: Place): void {
  if ('bbox' in geometry || geometry.type !== 'GeometryCollection' || TAKES_MIXED.includes(op)) return;
  const kinds = new Set(geometry.geometries.map(({ type }) => type.replace('Multi', '')));
  if (kinds.size === 1) return;
  const hint = 'ask of each kind by itself, or with S_INTERSECTS or S_DISJOINT';
  throw new InvalidFilter(`${op.toUpperCase()} takes no collection of points, lines and polygons: ${hint}.`, place);
}

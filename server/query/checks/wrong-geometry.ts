import { sql } from '../sql.ts';
import { isDeletion, type RecordCheck } from './check.ts';

const KIND = { point: 'a point', line: 'a line', polygon: 'an area' } as const;
const DIMENSION = { point: 0, line: 1, polygon: 2 } as const;

/** Records of a layer are all points, all lines or all areas. */
export const wrongGeometry: RecordCheck = (checking) => {
  const { geometry } = checking.layer;
  if (isDeletion(checking)) return [];
  return [
    {
      code: 'wrong-geometry',
      severity: 'error',
      pointer: '/geometry',
      detail: `Each record of this layer is ${KIND[geometry]}. Send others to a layer of their own.`,
      done: null,
      when: sql`shape IS NOT NULL AND NOT is_kind`,
      value: sql`GeometryType(shape)`,
    },
  ];
};

export const dimensionOf = (geometry: keyof typeof DIMENSION) => DIMENSION[geometry];

import { sql } from '../sql.ts';
import type { RecordCheck } from './check.ts';

/** What the file's reference system made of the coordinates lies on the Earth. */
export const positionRange: RecordCheck = () => [
  {
    code: 'position-range',
    severity: 'error',
    pointer: '/geometry',
    detail:
      'The coordinates lie outside the reference system that the file is said to be in. Set the right one in the mapping.',
    done: null,
    when: sql`is_lost`,
    value: sql`left(ST_AsText(source_shape, 6), 100)`,
  },
];

import { z } from 'zod';

/** How a reader knows a unit of a result. */
export const UNIT_ID = z
  .string()
  .meta({ description: 'P-code or number of the record, H3 cell, or place in the list of areas.' });

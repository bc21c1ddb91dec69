import { InvalidParameter } from './errors.ts';
import { type Field, type Layer, recordFields } from './layer.ts';

/** One key of an order. What is empty comes last either way. */
export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
}

const MAX_KEYS = 8;

const fault = (detail: string) => new InvalidParameter([{ parameter: 'sortby', detail }]);

/**
 * Reads the parameter `sortby` of OGC API: names of fields, the first counting most, `-` before one that falls. A `+` in an
 * address is a space when it comes here.
 * @throws InvalidParameter
 */
export function parseSortby(text: string, layer: Pick<Layer, 'fields'>): readonly SortKey[] {
  const fields = recordFields(layer);
  const keys = text.split(',').map((part): SortKey => {
    const name = part.replace(/^[ +-]/, '').trim();
    const field = fields.find((candidate) => candidate.name === name);
    if (!field || field.type === 'strings') {
      const can = fields.filter(({ type }) => type !== 'strings').map((candidate) => candidate.name);
      const why = field ? 'is a list, which has no order' : 'is not a field of this collection';
      throw fault(`"${name.slice(0, 40)}" ${why}. Sort by ${can.join(', ')}, with "-" before one that falls.`);
    }
    return { field, descending: part.startsWith('-') };
  });
  if (keys.length > MAX_KEYS) throw fault(`sortby takes at most ${MAX_KEYS} fields: got ${keys.length}.`);
  const twice = keys.find(({ field }, index) => keys.findIndex((key) => key.field.name === field.name) < index);
  if (twice) throw fault(`sortby names "${twice.field.name}" twice.`);
  return keys;
}

import { z } from 'zod';
import { InvalidLayer } from '../../core/errors.ts';
import { type Layer, LayerSchema } from '../../core/layer.ts';

/** A definition of a layer as it was stored or brought. @throws InvalidLayer saying what is wrong in it */
export function parseDefinition(definition: unknown): Layer {
  const parsed = LayerSchema.safeParse(definition);
  if (parsed.success) return parsed.data;
  throw new InvalidLayer(`The definition of the layer is not sound:\n${z.prettifyError(parsed.error)}`);
}

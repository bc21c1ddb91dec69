import { type Field, type Layer, recordFields } from '../../core/layer.ts';

/**
 * The fields of a file: those that were asked for, and `confidence` with them where not every record of the layer is
 * documented. Lines and rows go on without the file they came from, and must not pass for what they are not.
 */
export function markedFields(layer: Pick<Layer, 'fields' | 'nature'>, asked: readonly Field[]): readonly Field[] {
  if (layer.nature === 'documented') return asked;
  const names = new Set([...asked.map(({ name }) => name), 'confidence']);
  return recordFields(layer).filter(({ name }) => names.has(name));
}

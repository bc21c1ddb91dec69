import { z } from 'zod';
import { hasLabelPoints, type Layer, LayerSchema, tileFields } from './layer.ts';
import { fieldsRead, SETTING_NAMES } from './setting-names.ts';
import { unstorable } from './storable-text.ts';

const { shape } = LayerSchema;

const settable = Object.fromEntries(SETTING_NAMES.map((name) => [name, shape[name]])) as Pick<
  typeof shape,
  (typeof SETTING_NAMES)[number]
>;

/** What a person may set of a layer that is there; each member takes the place of the whole member that was there. */
export const SettingsSchema = z
  .strictObject(settable)
  .partial()
  .superRefine((settings, context) => {
    for (const path of unstorable(settings))
      context.addIssue({ code: 'custom', path, message: 'a text has neither NUL nor half a character' });
  });
export type Settings = z.infer<typeof SettingsSchema>;

/** A layer with other settings: not yet known to be sound. Fields that its style reads go into tiles. */
export function withSettings(layer: Layer, settings: Settings): Layer {
  const given = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Partial<Layer>;
  const changed = { ...layer, ...given };
  const read = fieldsRead(changed.style);
  const fields = layer.fields.map((field) => (read.includes(field.name) ? { ...field, tile: true } : field));
  return { ...changed, fields };
}

/** Whether the tiles of a layer are other ones with its new definition: then it takes a new version. */
export function areTilesOther(before: Layer, after: Layer): boolean {
  const names = (layer: Layer) => tileFields(layer).map(({ name }) => name);
  return (
    names(before).join() !== names(after).join() ||
    hasLabelPoints(before) !== hasLabelPoints(after) ||
    (before.style.type === 'hexagons') !== (after.style.type === 'hexagons')
  );
}

import type { Layer } from '../../server/core/layer.ts';
import { SETTING_NAMES } from '../../server/core/setting-names.ts';

export type AllSettings = Pick<Layer, (typeof SETTING_NAMES)[number]>;

/**
 * Of settings that were written, those that differ from the layer's; null: none. What is no setting, such as what a page of
 * another day has kept, is left out. Pure.
 */
export function differingSettings(of: AllSettings, written: unknown): Partial<AllSettings> | null {
  if (typeof written !== 'object' || written === null) return null;
  const given = written as Partial<AllSettings>;
  const names = SETTING_NAMES.filter((name) => {
    const value: unknown = given[name];
    return value != null && typeof value === typeof of[name] && JSON.stringify(value) !== JSON.stringify(of[name]);
  });
  return names.length === 0 ? null : (Object.fromEntries(names.map((name) => [name, given[name]])) as typeof given);
}

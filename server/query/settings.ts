import type { Layer } from '../core/layer.ts';
import { type Query, sql, toQuery } from './sql.ts';

/**
 * Gives the version in service another definition, which changes nothing of its records and tiles: also among the versions,
 * so that it is had again with them. From then on the layer is theirs who set it, and no shipped file replaces it.
 * `storedAs`: see `storageHash`.
 */
export function redefineLayer(definition: Layer, generation: number, storedAs: string): readonly Query[] {
  const text = JSON.stringify(definition);
  return [
    toQuery(sql`UPDATE azalai.version SET definition = ${text}::jsonb
      WHERE layer = ${definition.id}::text AND generation = ${generation}::integer`),
    toQuery(sql`UPDATE azalai.layer SET definition = ${text}::jsonb,
        origin = CASE origin WHEN 'seed' THEN 'settings' ELSE origin END,
        seed_hash = CASE origin WHEN 'seed' THEN ${storedAs}::text ELSE seed_hash END
      WHERE id = ${definition.id}::text`),
  ];
}

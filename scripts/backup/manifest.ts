import { z } from 'zod';

/** What the folder of a backup holds. */
export const DUMP = 'database.dump';
export const UPLOADS = 'uploads';
export const MANIFEST = 'manifest.json';

export const ManifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  /** Of the server that was dumped; it comes back into this major or a newer one. */
  postgres: z.string(),
  postgis: z.string(),
  layers: z.number(),
  versions: z.number(),
  /** Of the dump, hexadecimal. */
  sha256: z.string(),
});
export type Manifest = z.infer<typeof ManifestSchema>;

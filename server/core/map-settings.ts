import { z } from 'zod';

/**
 * What the map opens with and what it always says: `geodata/map.json`.
 * Coordinates are lon, lat in EPSG:4326. Dates are UTC days; both ends of `window` and `clock` are included, as a reader
 * writes them (the style turns them into half-open day numbers).
 */

const LocalizedText = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });
const Longitude = z.number().min(-180).max(180);
const Latitude = z.number().min(-85).max(85);
const Day = z.iso.date();
const Days = z
  .strictObject({ from: Day, to: Day })
  .refine((span) => span.from <= span.to, { message: 'ends before it starts' });

export const MapSettingsSchema = z.strictObject({
  title: LocalizedText,
  center: z.tuple([Longitude, Latitude]),
  zoom: z.number().min(0).max(22),
  minzoom: z.number().min(0).max(22),
  maxzoom: z.number().min(0).max(22),
  /** What the first view shows: west, south, east, north. */
  bounds: z.tuple([Longitude, Latitude, Longitude, Latitude]),
  /** How far the map may be moved. */
  max_bounds: z.tuple([Longitude, Latitude, Longitude, Latitude]),
  /** The span of the time slider. */
  clock: Days,
  /** The window when the map opens. */
  window: Days,
  /** On boundaries and names: always visible. */
  disclaimer: LocalizedText,
  /** On modelled data: shown until dismissed. */
  notice: LocalizedText,
});
export type MapSettings = z.infer<typeof MapSettingsSchema>;

import { z } from 'zod';
import { parseDatetime } from '../../core/interval.ts';

const [SMALLEST, LARGEST] = [64, 2000];

const side = (name: string, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a whole number from ${SMALLEST} to ${LARGEST}`)
    .transform(Number)
    .refine((pixels) => pixels >= SMALLEST && pixels <= LARGEST, `${name} must be from ${SMALLEST} to ${LARGEST}`)
    .default(otherwise)
    .meta({
      description: `The ${name} in pixels.`,
      written: { type: 'integer', minimum: SMALLEST, maximum: LARGEST, default: otherwise },
    });

const NUMBER = String.raw`-?\d{1,3}(?:\.\d{1,12})?`;
const PLACE = new RegExp(`^(${NUMBER})/(${NUMBER})/(${NUMBER})$`);
const MAP_HELP = 'map must be zoom/latitude/longitude, such as 5.2/17.2/-2.6';

/** Of a picture of the map: the parts of the page's address, under the same names. */
export const PICTURE_PARAMS = {
  map: z
    .string()
    .regex(PLACE, MAP_HELP)
    .transform((text) => {
      const [zoom = 0, lat = 0, lon = 0] = text.split('/').map(Number);
      return { zoom, lat, lon };
    })
    .refine(({ zoom, lat, lon }) => zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180, MAP_HELP)
    .optional()
    .meta({
      description: 'What it shows: zoom/latitude/longitude of its middle in degrees, as in the address of the map.',
      written: { type: 'string' },
    }),
  layers: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      description:
        'Collections that are drawn, joined by ",": those that the map opens with when it is left out. What is not there is left out.',
      written: { type: 'array', items: { type: 'string' } },
    }),
  time: z
    .string()
    .transform((text) => parseDatetime(text))
    .optional()
    .meta({
      description: 'The days that it shows, both included: 2022-01-01/2022-12-31, ../2022-12-31.',
      written: { type: 'string' },
    }),
  width: side('width', 1000),
  height: side('height', 700),
} as const;

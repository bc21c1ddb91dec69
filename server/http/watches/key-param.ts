import { z } from 'zod';

/** What opens the feed. */
export const FEED_KEY_PARAM = z
  .string()
  .max(200)
  .optional()
  .meta({ description: 'What opens the feed, as /watches/feed says it.', written: { type: 'string' } });

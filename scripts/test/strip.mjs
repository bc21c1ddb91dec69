/** `node --import ./scripts/test/strip.mjs x.ts`: as ts-blank-space/register, for the many processes of the tests. */
import { register } from 'node:module';

register('./strip-hooks.mjs', import.meta.url);

import { acled } from './profiles/acled.ts';
import { codAb } from './profiles/cod-ab.ts';
import { hxl } from './profiles/hxl.ts';
import { ipis } from './profiles/ipis.ts';
import type { Profile } from './profiles/profile.ts';
import { ucdpGed } from './profiles/ucdp-ged.ts';

/** In the order in which they are tried: the most telling columns first. */
export const PROFILES: readonly Profile[] = [acled, ucdpGed, ipis, codAb, hxl];

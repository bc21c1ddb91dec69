/**
 * Rewrites the modelled attacks (`geodata/modelled/attacks_modelled.geojson`) from `geodata/calibration.json` and the
 * shipped outlines:
 *
 *     node --import ts-blank-space/register scripts/modelled.ts
 *
 * Nothing depends on the day or the machine: the same seed writes the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { readCalibration } from './modelled/calibration.ts';
import { generate, SEED } from './modelled/generate.ts';
import { readGround } from './modelled/ground.ts';

const text = generate(SEED, readCalibration(), readGround());
writeFileSync(new URL('../geodata/modelled/attacks_modelled.geojson', import.meta.url), text);

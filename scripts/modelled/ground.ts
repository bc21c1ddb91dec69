import { readFileSync } from 'node:fs';
import type { Ground } from './place.ts';

function features<Feature>(name: string): Feature[] {
  const text = readFileSync(new URL(`../../geodata/base/${name}.geojson`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { features: Feature[] }).features;
}

/** Reads the shipped outlines; throws when Mali is not among the countries. */
export function readGround(): Ground {
  const mali = features<Ground['mali'] & { properties: { iso: string } }>('countries').find(
    ({ properties }) => properties.iso === 'ML',
  );
  if (!mali) throw new Error('geodata/base/countries.geojson has no country with the iso code ML');
  return { regions: features('regions'), mali };
}

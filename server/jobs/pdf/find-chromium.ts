import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** As Debian, Ubuntu, Fedora and Google call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium of this machine: the one that is named, else the first of those that are in the path; undefined: none. */
export function findChromium(named: string | undefined, searched = process.env.PATH ?? ''): string | undefined {
  if (named !== undefined) return isProgram(named) ? named : undefined;
  const folders = [...searched.split(path.delimiter).filter(Boolean), '/usr/bin'];
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

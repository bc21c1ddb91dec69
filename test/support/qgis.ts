import { execFile } from 'node:child_process';

/** Debian's own first: QGIS is built for it, and another Python may stand before it in PATH. */
const PROGRAMS = ['/usr/bin/python3', 'python3'];

function knowsQgis(program: string): Promise<boolean> {
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
  return new Promise((resolve) => {
    execFile(program, ['-c', 'import qgis.core'], { env, timeout: 60_000 }, (error) => resolve(!error));
  });
}

/**
 * The Python that has QGIS; undefined where it has not been installed because this user may not.
 * @throws when it is missing although the set-up (`node scripts/setup.mjs qgis`) could have installed it
 */
export async function qgisPython(): Promise<string | undefined> {
  for (const program of PROGRAMS) if (await knowsQgis(program)) return program;
  if (process.getuid?.() !== 0) return undefined;
  throw new Error('QGIS is missing: npm run test:qgis installs it first (Debian: apt-get install python3-qgis).');
}

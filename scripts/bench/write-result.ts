import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes what a bench found as JSON, and says where. */
export async function writeResult(
  folder: string,
  name: string,
  result: object,
  say: (line: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  say(`written: ${file}`);
}

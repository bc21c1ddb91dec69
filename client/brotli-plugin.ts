import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const compress = promisify(brotliCompress);

/** What is worth packing; fonts and pictures are packed already, and only what lies there is sent so. */
const PACKED = /^assets\/.*\.(js|css)$/;

/**
 * Writes each script and style sheet in Brotli beside itself, packed as tightly as can be, which takes seconds and so is
 * done once here: a fifth less than what a server packs while somebody waits.
 */
export function brotliPlugin(): Plugin {
  return {
    name: 'azalai-brotli',
    // From the files as they are written: Vite changes scripts until then.
    async writeBundle({ dir = '.' }, bundle) {
      const files = Object.keys(bundle).filter((file) => PACKED.test(file));
      await Promise.all(
        files.map(async (file) => {
          const bytes = await readFile(path.join(dir, file));
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
          await writeFile(path.join(dir, `${file}.br`), await compress(bytes, { params }));
        }),
      );
    },
  };
}

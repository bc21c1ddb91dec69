import { deflateSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { FONT_FAMILIES } from '../server/core/style/fonts.ts';
import { SPRITE_PIXEL_RATIO, type SpriteImage, spriteImages } from '../server/core/style/sprite.ts';

/** Room between images, so that smoothing at an edge never reads the neighbour. */
const GAP = 2;

/**
 * Writes the sprite that `/style.json` names, beside the page: `sprite.json` and `sprite.png`, and the same images under
 * the `@2x` names that clients on dense screens ask for. Fails the build when a font file that the style names is missing.
 */
export function spritePlugin(): Plugin {
  return {
    name: 'azalai-sprite',
    generateBundle(_options, bundle) {
      const { png, index } = packSprite(spriteImages());
      for (const suffix of ['', '@2x']) {
        this.emitFile({ type: 'asset', fileName: `sprite${suffix}.png`, source: png });
        this.emitFile({ type: 'asset', fileName: `sprite${suffix}.json`, source: JSON.stringify(index) });
      }
      for (const { file } of Object.values(FONT_FAMILIES).flat()) {
        if (!bundle[`fonts/${file}`])
          this.error(`client/css/fonts.css does not bring fonts/${file}, which the style names.`);
      }
    },
  };
}

/** One row of images as an RGBA PNG, and where each lies. */
function packSprite(images: readonly SpriteImage[]) {
  const width = images.reduce((sum, { size }) => sum + size + GAP, 0);
  const height = Math.max(...images.map(({ size }) => size));
  const pixels = new Uint8Array(width * height * 4);
  const index: Record<string, object> = {};
  let left = 0;
  for (const { name, size, alpha } of images) {
    for (const [at, value] of alpha.entries()) {
      pixels[(Math.floor(at / size) * width + left + (at % size)) * 4 + 3] = value;
    }
    index[name] = { x: left, y: 0, width: size, height: size, pixelRatio: SPRITE_PIXEL_RATIO, sdf: true };
    left += size + GAP;
  }
  return { png: encodePng(width, height, pixels), index };
}

/** A PNG of 8-bit RGBA pixels (https://www.w3.org/TR/png-3/), each row unfiltered. */
function encodePng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * width * 4, (row + 1) * width * 4), row * (width * 4 + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { joinCrc32 } from './gzip/crc32-join.ts';

/**
 * Gzip that can be joined: a tile of several layers is their tiles one after the other, and so it is put together from
 * stored ones without unpacking any (measured: 0.03 ms instead of 7 for three layers of a low zoom).
 *
 * Each piece is one ordinary gzip member (RFC 1952) of this layout:
 *
 *     10 bytes   header; its operating system is 255, "unknown"
 *     ...        deflate blocks, none of them the last, ended on a whole byte by a flush (RFC 1951, 3.2.4)
 *      2 bytes   03 00: an empty last block
 *      4 bytes   CRC-32 of what was packed, little-endian
 *      4 bytes   its length, little-endian
 */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
const LAST_BLOCK = Uint8Array.of(3, 0);
const TRAILER = LAST_BLOCK.length + 8;

/** The way to another thread and back takes longer than packing little. */
const SYNCHRONOUS_BELOW = 16_384;

const deflate = promisify(deflateRaw);
const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH };

/** In memory of its own and of its very size: a small Buffer is otherwise a view of a slab of 8 KB, which it keeps alive. */
function toMember(blocks: readonly Uint8Array[], crc: number, length: number): Buffer {
  const size = blocks.reduce((sum, block) => sum + block.length, HEADER.length + TRAILER);
  const member = Buffer.allocUnsafeSlow(size);
  member.set(HEADER);
  let offset = HEADER.length;
  for (const block of blocks) {
    member.set(block, offset);
    offset += block.length;
  }
  member.set(LAST_BLOCK, offset);
  member.writeUInt32LE(crc, size - 8);
  member.writeUInt32LE(length >>> 0, size - 4);
  return member;
}

/** Packs bytes so that they can be joined with others. */
export async function toGzip(bytes: Uint8Array): Promise<Buffer> {
  const blocks = bytes.length < SYNCHRONOUS_BELOW ? deflateRawSync(bytes, OPTIONS) : await deflate(bytes, OPTIONS);
  return toMember([blocks], crc32(bytes), bytes.length);
}

/**
 * What was packed in each, one after the other, as one member; each is from `toGzip` or `joinGzip`.
 * @throws when one is gzip of another kind
 */
export function joinGzip(members: readonly Buffer[]): Buffer {
  const [only] = members;
  if (only && members.length === 1) return only;
  let [crc, length] = [0, 0];
  const blocks = members.map((member) => {
    if (member.compare(HEADER, 0, HEADER.length, 0, HEADER.length) !== 0) {
      throw new Error('Gzip that was not made to be joined.');
    }
    const added = member.readUInt32LE(member.length - 4);
    crc = joinCrc32(crc, member.readUInt32LE(member.length - 8), added);
    length += added;
    return member.subarray(HEADER.length, member.length - TRAILER);
  });
  return toMember(blocks, crc, length);
}

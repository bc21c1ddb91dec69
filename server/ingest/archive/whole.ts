import { LimitExceeded } from '../errors.ts';
import type { Member } from './open.ts';

/** All bytes of a small part, such as a .prj. @throws LimitExceeded beyond `most` bytes; UnreadableFile */
export async function whole(member: Member, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of member.stream()) {
    bytes += chunk.length;
    if (bytes > most) throw new LimitExceeded(`"${member.name}" is larger than ${most} bytes, far beyond its use.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

import type { Run } from '../../query/sql.ts';
import { dropStaging } from '../../query/staging/create.ts';
import { deleteUpload } from '../../query/upload-doors.ts';
import { deadCommands } from '../../query/uploads.ts';

/**
 * Takes out what commands have left that were killed: they read their file where it lies, and nobody else can go on.
 * Those that still run are known by their lock. Returns the ids.
 */
export async function sweepCommands(run: Run): Promise<readonly string[]> {
  const dead = await run<{ id: string }>(deadCommands());
  for (const { id } of dead) {
    await run(deleteUpload(id, ['published']));
    for (const statement of dropStaging({ upload: id })) await run(statement);
  }
  return dead.map(({ id }) => id);
}

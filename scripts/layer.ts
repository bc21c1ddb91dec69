/**
 * Takes a layer out, or brings a shipped one back:
 *
 *   npm run layer -- remove attacks_modelled
 *   npm run layer -- restore attacks_modelled
 *
 * Works on the database that the server uses, also while it runs: the server follows within a moment.
 */
import { parseConfig } from '../server/config.ts';
import { readCatalogue } from '../server/db/catalogue.ts';
import { removeLayer } from '../server/jobs/remove.ts';
import { seed } from '../server/jobs/seed.ts';
import { GEODATA, openServerDatabase } from './server-database.ts';

const [action, id = ''] = process.argv.slice(2);
if ((action !== 'remove' && action !== 'restore') || !/^[a-z][a-z0-9_]*$/.test(id)) {
  console.error('Usage: npm run layer -- remove|restore LAYER');
  process.exit(2);
}

const config = parseConfig(process.env);
const budget = { records: config.TILE_RECORDS, bytes: config.TILE_BYTES };
const database = await openServerDatabase(config);
try {
  if (action === 'remove') {
    const removed = await removeLayer(database.transaction, id);
    const known = (await readCatalogue(database.run)).layers.map((layer) => layer.id).join(', ');
    console.log(removed ? `${id} is removed.` : `No layer "${id}" is in service. These are: ${known}.`);
    process.exitCode = removed ? 0 : 1;
  } else {
    const published = await seed(database.transaction, GEODATA, { restore: id, budget });
    console.log(
      published.includes(id) ? `${id} is restored.` : `Nothing to restore: "${id}" was not removed, or is not shipped.`,
    );
    process.exitCode = published.includes(id) ? 0 : 1;
  }
} finally {
  await database.close();
}

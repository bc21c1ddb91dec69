/**
 * `node scripts/setup.mjs start|test|qgis|build`: what `npm start`, `npm test` and `npm run test:qgis` need before they
 * run, made when it is missing or out of date: packages of the system and of npm, the compiled server, the page. Called
 * by `prestart`, `pretest` and `pretest:qgis`, so it uses nothing but Node. With nothing to do it is silent and ends at
 * once.
 */
import { fileURLToPath } from 'node:url';
import { build, staleBuilds } from './setup/build.mjs';
import { withLock } from './setup/lock.mjs';
import { installPackages, packagesAreStale } from './setup/packages.mjs';
import { Refusal } from './setup/refusal.mjs';
import { installSystem, mayInstall, missingSystem, thisMachine } from './setup/system.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODES = ['start', 'test', 'qgis', 'build'];
const OLDEST_NODE = [20, 19];

const say = (line) => console.log(`azalai: ${line}`);

async function setUp(mode) {
  if (!MODES.includes(mode)) throw new Refusal(`node scripts/setup.mjs ${MODES.join('|')}`);
  checkNode();
  // Each is looked at again under the lock: another run may have done it meanwhile.
  if (missingSystem(mode, process.env).length === 0 && !packagesAreStale(ROOT) && staleBuilds(ROOT).length === 0)
    return;
  await withLock(ROOT, say, async () => {
    const missing = missingSystem(mode, process.env);
    const left = missing.filter(({ isOptional }) => isOptional && !mayInstall(thisMachine(process.env)));
    for (const { name } of left) say(`${name} is missing, and this user may not install it: its tests are skipped`);
    const wanted = missing.filter((need) => !left.includes(need));
    // The tests run without what only some of them need; "qgis" is asked for nothing else.
    const isExtra = ({ isOptional }) => isOptional && mode === 'test';
    const needed = wanted.filter((need) => !isExtra(need));
    if (needed.length > 0) installSystem(needed, mode, process.env, say);
    for (const need of wanted.filter(isExtra)) {
      try {
        installSystem([need], mode, process.env, say);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        say(`${need.name} could not be installed: its tests are skipped`);
      }
    }
    if (packagesAreStale(ROOT)) installPackages(ROOT, say);
    for (const target of staleBuilds(ROOT)) build(ROOT, target, say);
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Refusal(
    `needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node} (https://nodejs.org).`,
  );
}

setUp(process.argv[2]).catch((error) => {
  console.error(error instanceof Refusal ? `azalai: ${error.message}` : error);
  process.exitCode = 1;
});

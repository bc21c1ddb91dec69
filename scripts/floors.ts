/**
 * `npm run floors`: writes docs/floors.md, the folders of the server and the page with what each imports, as a Mermaid
 * diagram drawn from the code. A test compares the file with the code.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { floorsPage } from './floors/page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(`${root}docs/floors.md`, await floorsPage(root));

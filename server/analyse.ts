/** Entry of the process that answers questions; see analysing.ts, which starts it. */

import { PROCESSES } from './analysis/registry.ts';
import { serveQuestions } from './analyst.ts';

serveQuestions(PROCESSES);

/** Entry of a process that answers questions; besides those of the server, toys, of which one ends it. */
import { PROCESSES } from '../../server/analysis/registry.ts';
import { serveQuestions } from '../../server/analyst.ts';
import { ANALYST_TOYS } from './toy-processes.ts';

serveQuestions([...PROCESSES, ...ANALYST_TOYS]);

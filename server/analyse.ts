/** Entry of the thread that answers questions; see analysing.ts, which starts it. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PROCESSES } from './analysis/registry.ts';
import { type AnalystData, serveQuestions } from './analyst.ts';

serveQuestions(parentPort as MessagePort, workerData as AnalystData, PROCESSES);

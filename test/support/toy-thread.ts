/** Entry of a thread that answers questions; besides those of the server, toys, of which one ends it. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { type AnalystData, serveQuestions } from '../../server/analyst.ts';
import { THREAD_TOYS } from './toy-processes.ts';

serveQuestions(parentPort as MessagePort, workerData as AnalystData, [...PROCESSES, ...THREAD_TOYS]);

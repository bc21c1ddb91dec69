import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { CAUSES, type Crossing, fromCrossing, toCrossing } from '../../../../server/analysis/asking/crossing.ts';
import { AnalysisTooLarge } from '../../../../server/analysis/estimate.ts';
import * as errors from '../../../../server/core/errors.ts';
import { isDropped } from '../../../../server/http/dropped-version.ts';
import { toProblem } from '../../../../server/http/problem.ts';

/** One of each cause, with all that it can carry. */
const EXAMPLES: readonly Error[] = [
  new AnalysisTooLarge('Narrow it.'),
  new errors.InvalidParameter([
    { detail: 'a: wrong.', pointer: '/inputs/a' },
    { detail: 'b: wrong.', parameter: 'b', position: 3 },
  ]),
  new errors.InvalidFilter('Not here.', 7),
  new errors.InvalidFilter('Not there.', '/inputs/filter/args/1'),
  new errors.LayerNotFound('x', ['y', 'z']),
  new errors.FeatureNotFound('x', '7'),
  new errors.VersionNotKept('It is gone.'),
  new errors.TileOutOfRange('There is no such tile.'),
  new errors.InvalidLayer('It is not sound.'),
  new errors.DatabaseUnavailable('Try again.'),
  new errors.QueryTimeout('Narrow it.'),
  new errors.ShapeTooLarge('Make it smaller.'),
  new errors.QueryTooLarge('Split it.'),
  new errors.DatabaseFull('Make room.'),
  new errors.LaneSaturated('Try again.'),
  new errors.RequestAborted('Nobody waits.'),
];

/** As an error goes from one thread to another. */
function sent(error: unknown): Error {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(toCrossing(error));
  const { message } = receiveMessageOnPort(port2) as { message: Crossing };
  port1.close();
  return fromCrossing(message);
}

const ownOf = (error: Error) => Object.getOwnPropertyNames(error).toSorted();

/** The files that a file imports for their values, and those that they import. */
function importsOf(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [statement, from] of source.matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)';$/gms)) {
    if (!/^(import|export) type\b/.test(statement)) importsOf(path.resolve(path.dirname(file), from as string), known);
  }
  return known;
}

describe('errors between threads', () => {
  for (const error of EXAMPLES) {
    it(`${error.name} arrives as it was thrown: ${error.message}`, () => {
      const arrived = sent(error);
      expect(arrived.constructor).to.equal(error.constructor);
      expect(toProblem(arrived, '/x')).to.deep.equal(toProblem(error, '/x'));
      expect(ownOf(arrived)).to.deep.equal(ownOf(error));
      for (const name of ownOf(error)) {
        expect(arrived[name as keyof Error], name).to.deep.equal(error[name as keyof Error]);
      }
    });
  }

  it('there is an example of each cause', () => {
    const shown = new Set(EXAMPLES.map((error) => error.constructor.name));
    expect(CAUSES.map(({ name }) => name).filter((name) => !shown.has(name))).to.deep.equal([]);
  });

  it('every error with a class of ours that can be thrown in the thread is in the table', async () => {
    const files = [...importsOf(path.resolve('server/analyse.ts'))];
    expect(files.length).to.be.above(100);
    const missing: string[] = [];
    for (const file of files.filter((each) => /extends AzalaiError/.test(readFileSync(each, 'utf8')))) {
      const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      for (const each of Object.values(exported)) {
        const isError = typeof each === 'function' && each.prototype instanceof errors.AzalaiError;
        if (isError && !CAUSES.includes(each as never)) missing.push(each.name);
      }
    }
    expect(missing).to.deep.equal([]);
  });

  it('what PostgreSQL says keeps its code, by which a dropped version is known, also as a cause', () => {
    const said = Object.assign(new Error('relation does not exist'), { code: '42P01', severity: 'ERROR' });
    expect(isDropped(sent(said))).to.equal(true);
    expect(isDropped(sent(new Error('another')))).to.equal(false);
    const named = new errors.QueryTimeout('Narrow it.');
    named.cause = said;
    const arrived = sent(named);
    expect(arrived).to.be.instanceOf(errors.QueryTimeout);
    expect(arrived.cause).to.include({ code: '42P01', message: said.message });
  });

  it('what is not ours is a failure inside, which the log shows with its stack', () => {
    const fault = new TypeError('secret of the inside');
    const arrived = sent(fault);
    expect(arrived.stack).to.equal(fault.stack);
    expect(arrived.name).to.equal('TypeError');
    expect(toProblem(arrived, '/x').status).to.equal(500);
    const odd = Object.assign(new Error('odd'), { work: () => 1, at: new Date(0) });
    expect(sent(odd)).to.have.property('work').that.is.a('string');
    expect(sent(odd)).to.have.property('at').that.deep.equals(new Date(0));
    expect(sent('a text').message).to.equal('a text');
  });
});

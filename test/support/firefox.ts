import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PREFIX } from './cluster.ts';
import { until } from './process.ts';

/** Debian's Firefox; FIREFOX names another one. */
const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export const hasFirefox = (): boolean => existsSync(EXECUTABLE);

/** No requests of its own, WebGL by software where the system has it, and a port that the system chooses. */
const PREFERENCES = {
  'marionette.port': 0,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
  'webgl.force-enabled': true,
};

/** A window of Firefox, driven by Marionette, its own protocol: no package is needed for it. */
export interface Firefox {
  goto(url: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** The page as its print dialogue would write it, sheets of A4 on their side. */
  print(): Promise<Buffer>;
  /** PNG of the window. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export async function startFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-firefox-`));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(
    EXECUTABLE,
    ['--headless', '--marionette', '--no-remote', '--profile', profile, '--width=1200', '--height=800'],
    { stdio: 'ignore', env: { ...process.env, MOZ_HEADLESS: '1', HOME: profile } },
  );
  const portFile = path.join(profile, 'MarionetteActivePort');
  const close = () => end(child, profile);
  try {
    await until('Firefox listens', () => existsSync(portFile) && readFileSync(portFile, 'utf8') !== '');
    const send = await converse(Number(readFileSync(portFile, 'utf8')));
    await send('WebDriver:NewSession', {});
    const value = async <T>(command: string, given: object) => ((await send(command, given)) as { value: T }).value;
    return {
      goto: async (url) => {
        await send('WebDriver:Navigate', { url });
      },
      evaluate: (expression) => value('WebDriver:ExecuteScript', { script: `return (${expression})`, args: [] }),
      print: async () =>
        Buffer.from(await value<string>('WebDriver:Print', { orientation: 'landscape', background: true }), 'base64'),
      screenshot: async () => Buffer.from(await value<string>('WebDriver:TakeScreenshot', { full: false }), 'base64'),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function end(child: ChildProcess, profile: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

type Send = (command: string, given: object) => Promise<unknown>;

/** Marionette writes `length:[1, number, error, result]`, and reads `length:[0, number, command, what is given]`. */
async function converse(port: number): Promise<Send> {
  const socket = connect(port, '127.0.0.1');
  const messages = readMessages(socket);
  await messages.next();
  let number = 0;
  return async (command, given) => {
    number += 1;
    const text = JSON.stringify([0, number, command, given]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const { value } = await messages.next();
    const [, , error, result] = value as [number, number, { message: string } | null, unknown];
    if (error) throw new Error(`Firefox, ${command}: ${error.message}`);
    return result;
  };
}

async function* readMessages(socket: Socket): AsyncGenerator<unknown, void> {
  let held = Buffer.alloc(0);
  for await (const part of socket) {
    held = Buffer.concat([held, part as Buffer]);
    for (let colon = held.indexOf(':'); colon > 0; colon = held.indexOf(':')) {
      const end = colon + 1 + Number(held.toString('latin1', 0, colon));
      if (held.length < end) break;
      const message: unknown = JSON.parse(held.toString('utf8', colon + 1, end));
      held = held.subarray(end);
      yield message;
    }
  }
}

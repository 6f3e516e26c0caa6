/**
 * Runs every check and suite one after the other, goes on after a failure, and ends with a table
 * and one line `N passed, N failed, N skipped`. `npm test -- unit engine` runs only those named.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import process, { argv, execPath, exit, stderr, stdout } from 'node:process';
import { mochaCounts, summary } from './test-summary.mjs';

/** npm scripts in the order of what fails fastest; a check has one result, the others are mocha's. */
const suites = [
  { name: 'lint', script: 'lint', check: true },
  { name: 'types', script: 'types', check: true },
  { name: 'build', script: 'build', check: true },
  ...['unit', 'engine', 'training', 'ui', 'editor', 'workbench', 'kit', 'package'].map((name) => ({
    name,
    script: `test:${name}`,
    check: false,
  })),
];

const LOG_FOLDER = 'out/test-logs';

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to the running suite as well; a SIGTERM reaches only this process.
    interrupted = true;
    if (signal === 'SIGTERM') running?.kill('SIGTERM');
  });
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

/** Runs one npm script, showing and keeping its output. */
const runScript = (script, logFile) =>
  new Promise((resolve) => {
    const log = createWriteStream(logFile);
    let output = '';
    const env = stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
    // npm names its own script; without npm (`node scripts/test.mjs`) the one on the path is used.
    const [command, args] = process.env.npm_execpath ? [execPath, [process.env.npm_execpath]] : ['npm', []];
    running = spawn(command, [...args, 'run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'], env });
    const keep = (stream) => (chunk) => {
      stream.write(chunk);
      log.write(chunk);
      output += chunk;
    };
    running.stdout.on('data', keep(stdout));
    running.stderr.on('data', keep(stderr));
    running.on('error', (error) => keep(stderr)(`${error.message}\n`));
    running.on('close', (code) => {
      running = undefined;
      log.end();
      resolve({ code, output });
    });
  });

const runSuite = async ({ name, script, check }) => {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const start = performance.now();
  const { code, output } = await runScript(script, `${LOG_FOLDER}/${name}.log`);
  const seconds = (performance.now() - start) / 1000;
  if (check) {
    return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds };
  }
  const counts = mochaCounts(output);
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  if (counts.failed === 0 && (code !== 0 || ranNothing)) {
    console.error(ranNothing ? `${name}: no test ran.` : `${name}: ended with code ${code}.`);
    counts.failed = 1;
  }
  return { name, ...counts, seconds };
};

const chosen = argv.slice(2);
const unknown = chosen.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. Suites: ${suites.map(({ name }) => name).join(', ')}.`);
  exit(2);
}

mkdirSync(LOG_FOLDER, { recursive: true });
const results = [];
for (const suite of suites) {
  if (interrupted) break;
  if (chosen.length === 0 || chosen.includes(suite.name)) results.push(await runSuite(suite));
}
console.log(`\n${interrupted ? 'Interrupted.\n\n' : ''}${summary(results)}`);
exit(interrupted ? 130 : results.some(({ failed }) => failed > 0) ? 1 : 0);

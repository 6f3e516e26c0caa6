/** `gan devices` as a program, on whatever this machine has. */
import assert from 'node:assert/strict';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';
import { killAll, startProgram } from '../sidecar/fixtures.ts';

describe('gan devices', () => {
  let folder: string;

  before(async () => {
    folder = await emptyFolder();
  });
  after(async () => {
    killAll();
    await removeFolders();
  });

  const gan = async (...args: readonly string[]) =>
    (await startProgram('sidecar/cli.ts', ['devices', ...args], folder)).end;
  const objects = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('tells programs of each device, one object a line, unmeasured where asked', async () => {
    const { code, stdout, stderr } = await gan('--json', '--no-measure', '--threads', '1');
    assert.deepEqual([code, stderr], [0, '']);
    const devices = objects(stdout);
    const cpu = devices.find(({ id }) => id === 'cpu');
    assert.deepEqual(
      [cpu?.event, cpu?.name, cpu?.available, cpu?.software, cpu?.gflops],
      ['device', 'CPU, 1 thread', true, false, null],
    );
    assert.ok(Number(cpu?.memory) > 2 ** 30);
    for (const { available, reason, remedy, goodFor, gflops } of devices) {
      assert.ok(available === true || (reason && remedy));
      assert.match(String(goodFor), /\.$/);
      assert.equal(gflops, null);
    }
  });

  it('measures, and shows people a table', async () => {
    const { code, stdout } = await gan();
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^device +name +memory +speed +good for\n(.+\n)*cpu +CPU, \d+ threads? +\S+ GiB +[\d.,]+ GFLOP\/s +\S/,
    );
    assert.match(stdout, /^"auto" trains on the device that is fastest .* here most likely \w+\.$/m);
  });

  it('says in one line what is wrong, with the exit code of its kind', async () => {
    for (const [args, code, message] of [
      [['--install', 'toaster'], 2, /^gan: --install toaster: no such device\. Devices: cpu, webgpu, .*\n$/],
      [['--install', 'cuda', '--no-measure'], 2, /^gan: --install can be combined with --json only/],
      [['--threads', '1.5'], 2, /^gan: --threads 1\.5: give a whole number from 1 to \d+/],
      [['--install', 'cpu'], 4, /^gan: .+\n$/],
    ] as const) {
      const end = await gan(...args);
      assert.equal(end.code, code, `${args.join(' ')}: ${end.stderr}`);
      assert.match(end.stderr, message);
    }
  });

  it('tells programs why nothing was installed', async () => {
    const { code, stdout, stderr } = await gan('--install', 'cpu', '--json');
    const [error] = objects(stdout);
    assert.deepEqual([code, stderr, error?.event], [4, '', 'error']);
    assert.match(String(error?.code), /^device\//);
  });
});

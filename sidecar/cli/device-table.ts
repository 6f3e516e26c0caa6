/** `gan devices` for people: a table of what runs, and below it why the rest does not. */
import { likelyAuto, memoryText, speedText } from '../terms/device-text.ts';
import type { DeviceStatus } from '../terms/devices.ts';
import { table } from './output.ts';
import { wrap } from './wrap.ts';

/** @param columns characters in a line; Infinity leaves long lines whole, for pipes and files. */
export function devicesText(devices: readonly DeviceStatus[], columns: number): string {
  const available = devices.filter((device) => device.available);
  const missing = devices.filter((device) => !device.available);
  return [runningText(available, columns), autoText(available, columns), ...missingText(missing, columns)]
    .filter(Boolean)
    .join('\n\n');
}

function runningText(devices: readonly DeviceStatus[], columns: number): string {
  const facts = devices.map((device) => [device.id, device.name, memoryText(device) || '–', speedText(device) || '–']);
  const left = table([['device', 'name', 'memory', 'speed'], ...facts]).split('\n');
  const indent = Math.max(...left.map(({ length }) => length)) + 2;
  const uses = ['good for', ...devices.map(goodForText)];
  return left
    .map((line, i) => line.padEnd(indent) + wrap(uses[i] ?? '', columns - indent).join(`\n${' '.repeat(indent)}`))
    .join('\n');
}

const goodForText = ({ software, goodFor }: DeviceStatus): string =>
  software ? `${goodFor} A software adapter: "auto" never chooses it.` : goodFor;

function autoText(devices: readonly DeviceStatus[], columns: number): string {
  const likely = likelyAuto(devices);
  const says = '"auto" trains on the device that is fastest on the config\'s own step';
  return wrap(likely ? `${says}: here most likely ${likely.id}.` : `${says}.`, columns).join('\n');
}

function missingText(devices: readonly DeviceStatus[], columns: number): string[] {
  if (devices.length === 0) return [];
  const width = Math.max(...devices.map(({ id }) => id.length)) + 4;
  const blocks = devices.flatMap(({ id, name, reason = '', remedy = '' }) => {
    const lines = [name, ...wrap(reason, columns - width), ...wrap(remedy, columns - width)].filter(Boolean);
    return lines.map((line, i) => `${(i === 0 ? `  ${id}` : '').padEnd(width)}${line}`);
  });
  return [['Not available here:', ...blocks].join('\n')];
}

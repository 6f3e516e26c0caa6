/** Opens a dataset, reads batches of it as training does, and sends its size and the most memory that took, in bytes. */
import { Batches } from '../../../sidecar/data/batches.ts';
import { openDataset } from '../../../sidecar/data/open.ts';

async function main(): Promise<void> {
  const [config = '', steps = '0'] = process.argv.slice(2);
  const dataset = await openDataset(JSON.parse(config));
  const batches = new Batches(dataset, 64, 1);
  for (let step = 0; step < Number(steps); step++) await batches.at(step);
  process.send?.({ size: dataset.info.size, peak: process.resourceUsage().maxRSS * 1024 });
  await batches.close();
  await dataset.close();
  process.disconnect?.();
}

void main();

/** What only a process that trains needs, loaded on demand: it takes half a second, and help or lists do not. */
export { openDataset } from '../data/open.ts';
export { chooseDevice, triedDevices } from '../devices/choose.ts';
export { deviceFailureIn, explainDeviceFailure } from '../devices/device-failure.ts';
export { createEngine, listDevices, tryDevice } from '../engine/index.ts';
export { totalSteps } from '../training/cadence.ts';
export { train } from '../training/train.ts';

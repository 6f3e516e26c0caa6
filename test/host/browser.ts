/** Starts the browser that tests drive. */
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error('No Chromium or Chrome found. Install one, or name it in the variable CHROMIUM_PATH.');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};

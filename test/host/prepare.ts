/** Gets ready what the tests need beside the npm packages; quick where it is all there. */
import { findChromium, installChromium, installVulkanLoader } from './find-chromium.ts';
import { prepareVSCode } from './prepare-vscode.ts';

try {
  if (findChromium() === null) installChromium();
  installVulkanLoader();
  prepareVSCode();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

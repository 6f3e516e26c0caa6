/** A WebGPU engine for tests: SwiftShader, which computes on the CPU and needs no display, where there is no other. */
import { existsSync } from 'node:fs';
import { env } from 'node:process';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine, listDevices } from '../../sidecar/engine/index.ts';

/** Debian's package chromium brings it. */
/** Names the driver that Debian's Chromium has with it. */
export const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Makes SwiftShader the Vulkan driver of this process and its children, unless another was named or GAN_TEST_GPU=1. */
export function useSwiftShader(): void {
  if (env.GAN_TEST_GPU !== '1' && existsSync(SWIFTSHADER)) env.VK_ICD_FILENAMES ??= SWIFTSHADER;
}

/** The engine, or why there is none. */
export async function webGpuEngine(): Promise<Engine | string> {
  useSwiftShader();
  const status = (await listDevices()).find(({ id }) => id === 'webgpu');
  if (status?.available !== true) return [status?.reason, status?.remedy].join(' ');
  return createEngine('webgpu');
}

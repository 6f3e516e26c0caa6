/** What runs the sidecar's programs: a Node.js of the person's choice, or the runtime this code runs on. */
import { UserError } from '../../sidecar/errors.ts';

/**
 * The environment for a process of the sidecar: the window's own, without what VS Code and debuggers put
 * there for themselves. With VS Code's runtime, one variable makes Electron behave as Node.js.
 */
export function sidecarEnvironment(environment: NodeJS.ProcessEnv, ownRuntime: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^(NODE_OPTIONS$|VSCODE_|ELECTRON_)/i.test(name));
  return { ...Object.fromEntries(kept), ...(ownRuntime ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}

/** Why a process did not start at all. */
export function noRuntime(error: NodeJS.ErrnoException, nodePath: string | undefined): UserError {
  const cannot = `Cannot start ${nodePath ?? process.execPath}: ${error.code === 'ENOENT' ? 'no such file' : error.message}.`;
  const remedy =
    nodePath === undefined
      ? 'Set gan.sidecar.nodePath to a Node.js 20 or later.'
      : 'Set gan.sidecar.nodePath to a Node.js 20 or later, or clear it to use VS Code’s own runtime.';
  return new UserError('sidecar/no-runtime', `${cannot} ${remedy}`, { cause: error });
}

/** `what` was ended by a signal or with a code of which no program of ours ends. */
export function crashed(what: string, how: string | number | null, nodePath: string | undefined): UserError {
  const remedy =
    nodePath === undefined
      ? 'Set gan.sidecar.nodePath to a Node.js 20 or later to train outside of VS Code’s own runtime.'
      : `Check that ${nodePath} is a Node.js 20 or later for this machine.`;
  return new UserError('sidecar/crashed', `${what} (${how}). ${remedy}`);
}

/** 128 + signal number is how a shell wrapper reports a crash; Windows uses NTSTATUS codes. */
export const isCrash = (code: number | null, signal: string | null): boolean =>
  signal !== null || (code !== null && code > 128);

/** The last line that says something. */
export const lastLine = (output: string): string | undefined =>
  output
    .trim()
    .split(/\r?\n/)
    .findLast((line) => line.trim() !== '')
    ?.trim();

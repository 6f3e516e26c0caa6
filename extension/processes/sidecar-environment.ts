/**
 * The environment for a process of the sidecar: the window's own, without what VS Code and debuggers put
 * there for themselves. With VS Code's runtime, one variable makes Electron behave as Node.js.
 */
export function sidecarEnvironment(environment: NodeJS.ProcessEnv, ownRuntime: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^(NODE_OPTIONS$|VSCODE_|ELECTRON_)/i.test(name));
  return { ...Object.fromEntries(kept), ...(ownRuntime ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}

/** Entry of the run panel: `ready` out, a snapshot and deltas in; only view choices are kept. */
import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import './style.css';
import { onThemeChange } from './base/theme.ts';
import type { FromPanel, ToPanel } from './messages.ts';
import { parseViewState, type ViewState } from './run/view-state.ts';
import { RunPanel } from './run-panel.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: ViewState & { readonly runDirectory: string | undefined }): void;
};

const app = document.getElementById('app');
if (!app) throw new Error('The page has no element with id "app".');

const vscode = acquireVsCodeApi();
const view = parseViewState(vscode.getState());
// With the run's directory beside the view, the extension can restore the panel in a reloaded window.
const saveView = (changed: ViewState) => vscode.setState({ ...changed, runDirectory: app.dataset.runDirectory });
saveView(view);
const panel = new RunPanel(app, view, { send: (message) => vscode.postMessage(message), saveView });
window.addEventListener('message', (event: MessageEvent<ToPanel>) => panel.receive(event.data));
onThemeChange(() => panel.recolour());
vscode.postMessage({ type: 'ready' });

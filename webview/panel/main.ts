/** Entry of the run panel: asks to watch its run, and draws what it is told; only view choices are kept. */
import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import './style.css';
import { handle } from '../../sidecar/rpc/peer.ts';
import { connectHost } from '../base/host.ts';
import { t } from '../base/l10n.ts';
import { onThemeChange } from '../base/theme.ts';
import type { RunHost, RunPage } from '../messages.ts';
import { areRows, areSamples, isRun, isSnapshot, isText } from '../run/check.ts';
import { parseViewState, type ViewState } from '../run/view-state.ts';
import { RunPanel } from './run-panel.ts';

const app = document.getElementById('app');
if (!app) throw new Error('The page has no element with id "app".');

const host = connectHost<RunPage, RunHost>({
  requests: {},
  news: {
    snapshot: handle(isSnapshot, (snapshot) => panel.replace(snapshot)),
    run: handle(isRun, (run) => panel.update(run)),
    metrics: handle(areRows, (rows) => panel.addMetrics(rows)),
    samples: handle(areSamples, (samples) => panel.addSamples(samples)),
    trouble: handle(isText, (message) => panel.showError(message)),
  },
});
const view = parseViewState(host.state);
// With the run's directory beside the view, the extension can restore the panel in a reloaded window.
const saveView = (changed: ViewState) => host.saveState({ ...changed, runDirectory: app.dataset.runDirectory });
saveView(view);
const panel = new RunPanel(app, view, {
  // The extension says itself when a run does not answer.
  act: (action) => host.peer.request(action, null, { timeout: null }),
  saveView,
});
onThemeChange(() => panel.recolour());
host.peer
  .request('watch', null)
  .catch((error: Error) => panel.showError(t('The run cannot be shown: {0}', error.message)));

/** Entry of the gallery of presets: `ready` out, the presets in; the choice out. */
import '@vscode/codicons/dist/codicon.css';
import './gallery.css';
import type { FromGallery, ToGallery } from '../messages.ts';
import { Gallery } from './gallery.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromGallery): void;
  getState(): unknown;
  setState(state: string): void;
};

const app = document.getElementById('app');
if (!app) throw new Error('The page has no element with id "app".');

const vscode = acquireVsCodeApi();
const search = vscode.getState();
const gallery = new Gallery(typeof search === 'string' ? search : '', {
  onSearch: (text) => vscode.setState(text),
  onChoose: (id) => vscode.postMessage({ type: 'choose', id }),
});
app.replaceChildren(gallery.root);
gallery.focus();
window.addEventListener('message', ({ data }: MessageEvent<ToGallery>) => gallery.show(data.presets));
vscode.postMessage({ type: 'ready' });

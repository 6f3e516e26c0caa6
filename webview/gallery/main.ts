/** Entry of the gallery of presets: asks for them, and says which one the person chose. */
import '@vscode/codicons/dist/codicon.css';
import './gallery.css';
import { connectHost } from '../base/host.ts';
import type { GalleryHost, GalleryPage } from '../messages.ts';
import { Gallery } from './gallery.ts';

const app = document.getElementById('app');
if (!app) throw new Error('The page has no element with id "app".');

const host = connectHost<GalleryPage, GalleryHost>({ requests: {}, news: {} });
const showError = (error: unknown) => gallery.showError(error instanceof Error ? error.message : String(error));
const gallery = new Gallery(typeof host.state === 'string' ? host.state : '', {
  onSearch: (text) => host.saveState(text),
  // The person may take their time.
  onChoose: (id) => void host.peer.request('choose', id, { timeout: null }).catch(showError),
});
app.replaceChildren(gallery.root);
gallery.focus();
host.peer.request('presets', null).then((presets) => gallery.show(presets), showError);

import 'virtual:maths-font.css';
import './theme/fonts.css';
import './theme/palette.css';
import './theme/base.css';
import { render } from 'preact';
import { App } from './app.js';
import { loadFirst } from './state/digits.js';

void loadFirst();
render(<App />, document.getElementById('studio')!);

// Keep the page for offline use. On an insecure origin there are no service workers, and the page
// works without.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch(() => undefined);
  });
}

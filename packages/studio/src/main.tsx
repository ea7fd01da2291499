import 'virtual:maths-font.css';
import './theme/fonts.css';
import './theme/palette.css';
import './theme/base.css';
import { render } from 'preact';
import { App } from './app.js';
import { loadFirst } from './state/digits.js';

void loadFirst();
render(<App />, document.getElementById('studio')!);

// Kept for offline use. Without a safe origin there is no such thing, and the page works all the same.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch(() => undefined);
  });
}

import 'virtual:maths-font.css';
import './theme/fonts.css';
import './theme/palette.css';
import './theme/base.css';
import { render } from 'preact';
import { App, isOpening } from './app.js';
import { loadFirst } from './state/digits.js';
import { afterFirstView } from './state/first-view.js';
import { startServiceWorker } from './state/isolation.js';
import { areModelsBack } from './state/kept.js';

// The board's opening needs no other digits than its own.
if (isOpening()) afterFirstView(() => void loadFirst());
else void loadFirst();
render(<App />, document.getElementById('studio')!);
startServiceWorker();
// What was kept is not part of the first view, unless the address asks for it.
if (location.hash.includes('own')) bringBack();
else afterFirstView(bringBack);

function bringBack(): void {
  import('./state/kept-models.js').then(
    ({ keepModels }) => keepModels(),
    // Without its program, the page works as a browser without a store.
    () => {
      areModelsBack.value = true;
    },
  );
}

import 'virtual:maths-font.css';
import './theme/fonts.css';
import './theme/palette.css';
import './theme/base.css';
import { render } from 'preact';
import { App } from './app.js';
import { loadFirst } from './state/digits.js';
import { startServiceWorker } from './state/isolation.js';

void loadFirst();
render(<App />, document.getElementById('studio')!);
startServiceWorker();

import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { digits } from './build/digits.js';
import { firstView, firstViewInOneFile } from './build/first-view.js';
import { licenses } from './build/licenses.js';
import { mathsFont } from './build/maths-font.js';
import { offline } from './build/offline.js';
import { opening } from './build/opening.js';
import { quotes } from './build/quotes.js';
import { sandbox } from './build/sandbox.js';

// The result is a static folder that works on any host, in a subfolder too: all addresses are
// relative.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    preact({ devToolsEnabled: false, reactAliasesEnabled: false }),
    digits(),
    opening(),
    mathsFont(),
    quotes(),
    licenses(),
    sandbox(),
    firstView(),
    offline(),
  ],
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data: address: the page's security policy does not allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The largest is the editor of the exercise, which is loaded only there.
    chunkSizeWarningLimit: 450,
    // Build timings would only distract somebody who wants to start the page. The board is in the
    // registry of pages as every page is, and yet part of the first view.
    rolldownOptions: {
      checks: { pluginTimings: false, ineffectiveDynamicImport: false },
      output: { codeSplitting: { groups: [firstViewInOneFile] } },
    },
  },
});

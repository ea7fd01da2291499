import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { digits } from './build/digits.js';
import { mathsFont } from './build/maths-font.js';
import { offline } from './build/offline.js';

// A static folder that works from any host, in a subfolder too: every address in it is relative.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: false }), digits(), mathsFont(), offline()],
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data address: the page's security policy allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 200,
    // Where a build's time goes is nothing that somebody who only wants to start needs to read.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});

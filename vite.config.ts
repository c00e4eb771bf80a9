import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: true,
    // The setting that keeps zod from making code out of strings must be made before any schema is: chunks run whole,
    // one after the other, so it has to be in the chunk of zod itself.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|schemas-without-eval/ }],
        },
      },
    },
  },
});

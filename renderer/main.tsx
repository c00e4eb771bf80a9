import './schemas-without-eval.ts';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { keepConnected } from './connection.ts';
import { followLibrary } from './stores/library-store.ts';
import { followAddress } from './stores/navigation-store.ts';
import { followSubmission } from './stores/submission-store.ts';
import { applyTheme } from './stores/theme-store.ts';

applyTheme();
followAddress();
keepConnected();
followLibrary();
followSubmission();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Hands the engine's port to the window and asks the main process for dialogs; nothing else crosses here.
ipcRenderer.on('slipway:engine-port', (event) => {
  window.postMessage('slipway:engine-port', window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('slipwayHost', {
  requestEnginePort: () => ipcRenderer.send('slipway:engine-port'),
  chooseFolders: () => ipcRenderer.invoke('slipway:choose-folders'),
  chooseSubmissionFile: () => ipcRenderer.invoke('slipway:choose-submission'),
  // A page cannot forge this: webUtils gives a path only for a file that the person dropped or picked.
  grantDropped: (files: File[]) =>
    ipcRenderer.invoke(
      'slipway:grant-dropped',
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ),
});

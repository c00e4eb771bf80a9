import { buildWindow } from '../electron/build.ts';

/** Before the specs: the window as its sources are now, not as they were when somebody last started it. */
export default buildWindow;

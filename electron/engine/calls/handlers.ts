import type { CallHandlers } from '../../../shared/contract/contract.ts';
import type { EngineContext } from '../context.ts';
import { checkHandlers } from './check-handlers.ts';
import { describeHandlers } from './describe-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { itemHandlers } from './item-handlers.ts';
import { libraryHandlers } from './library-handlers.ts';
import { pairHandlers } from './pair-handlers.ts';
import { pixelHandlers } from './pixel-handlers.ts';
import { sendHandlers } from './send-handlers.ts';
import { tableHandlers } from './table-handlers.ts';
import { treeHandlers } from './tree-handlers.ts';
import { walkHandlers } from './walk-handlers.ts';

/** One handler for every call of the contract; the type makes a forgotten one an error. */
export function createHandlers(context: EngineContext): CallHandlers {
  return {
    ...libraryHandlers(context),
    ...fileHandlers(context),
    ...itemHandlers(context),
    ...pairHandlers(context),
    ...describeHandlers(context),
    ...checkHandlers(context),
    ...pixelHandlers(context),
    ...sendHandlers(context),
    ...tableHandlers(context),
    ...treeHandlers(context),
    ...walkHandlers(context),
  };
}

/** The handlers of one part of the contract. */
export type HandlersOf<Part extends object> = Pick<CallHandlers, Extract<keyof Part, keyof CallHandlers>>;

import type { ComponentProps } from 'react';

/** A part of a grid that holds the focus itself and points at its rows: the parts need no focus of their own. */
function GridPart(props: ComponentProps<'div'>) {
  return <div {...props} />;
}

export function GridRow(props: ComponentProps<'div'>) {
  return <GridPart {...props} role="row" />;
}

export function GridCell(props: ComponentProps<'div'>) {
  return <GridPart {...props} role="gridcell" />;
}

export function GridHead(props: ComponentProps<'div'>) {
  return <GridPart {...props} role="columnheader" />;
}

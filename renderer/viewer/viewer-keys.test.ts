import { describe, expect, it } from 'vitest';
import { type ViewerKey, viewerAction } from './viewer-keys.ts';

const press = (key: string, more: Partial<ViewerKey> = {}): ViewerKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('viewerAction', () => {
  it('knows the keys people were told', () => {
    expect(viewerAction(press(' '), 'free')).toEqual({ do: 'toggle-mask' });
    expect(viewerAction(press('['), 'free')).toEqual({ do: 'plane', axis: 'z', step: -1 });
    expect(viewerAction(press('.'), 'free')).toEqual({ do: 'plane', axis: 't', step: 1 });
    expect(viewerAction(press('0'), 'free')).toEqual({ do: 'fit' });
    expect(viewerAction(press('ArrowDown'), 'free')).toEqual({ do: 'next' });
    expect(viewerAction(press('ArrowUp'), 'free')).toEqual({ do: 'previous' });
  });
  it('zooms back with minus what plus zoomed in', () => {
    const [into, out] = [viewerAction(press('+'), 'free'), viewerAction(press('-'), 'free')];
    if (into?.do !== 'zoom' || out?.do !== 'zoom') throw new Error('zoom expected');
    expect(into.factor * out.factor).toBeCloseTo(1);
    expect(viewerAction(press('+', { shiftKey: true }), 'free')).toEqual(into);
  });
  it('pans with Shift or Alt and an arrow, the picture going the other way', () => {
    expect(viewerAction(press('ArrowRight', { shiftKey: true }), 'free')).toEqual({
      do: 'pan',
      dx: -80,
      dy: 0,
    });
    expect(viewerAction(press('ArrowUp', { altKey: true }), 'free')).toEqual({ do: 'pan', dx: 0, dy: 80 });
  });
  it('leaves keys to fields and controls that need them', () => {
    for (const key of [' ', '[', '0', 'ArrowDown']) expect(viewerAction(press(key), 'typing')).toBeNull();
    for (const key of [' ', 'ArrowDown', 'ArrowUp']) expect(viewerAction(press(key), 'slider')).toBeNull();
    expect(viewerAction(press('['), 'slider')).toEqual({ do: 'plane', axis: 'z', step: -1 });
    expect(viewerAction(press(' '), 'button')).toBeNull();
    expect(viewerAction(press('ArrowDown'), 'button')).toEqual({ do: 'next' });
  });
  it('leaves shortcuts of the window alone', () => {
    expect(viewerAction(press('0', { ctrlKey: true }), 'free')).toBeNull();
    expect(viewerAction(press('-', { metaKey: true }), 'free')).toBeNull();
    expect(viewerAction(press('0', { altKey: true }), 'free')).toBeNull();
  });
  it('takes brackets typed with Alt Gr', () => {
    expect(viewerAction(press(']', { ctrlKey: true, altKey: true }), 'free')).toMatchObject({ step: 1 });
  });
});

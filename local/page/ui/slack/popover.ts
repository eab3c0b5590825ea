import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const GAP = 4;
const TALLEST = 320;
const EDGE = 8;

/**
 * Shows an element with the `popover` attribute above everything, beneath its anchor or above it where there is more
 * room, and keeps it there.
 */
export function usePopover(
  isOpen: boolean,
  anchor: RefObject<HTMLElement | null>,
  popover: RefObject<HTMLElement | null>,
  align: 'start' | 'end' = 'start',
): void {
  useLayoutEffect(() => {
    const [from, shown] = [anchor.current, popover.current];
    if (!isOpen || !from || !shown) return undefined;
    const place = () => {
      const box = from.getBoundingClientRect();
      const below = innerHeight - box.bottom - GAP - EDGE;
      const above = box.top - GAP - EDGE;
      const isAbove = below < Math.min(TALLEST, shown.scrollHeight) && above > below;
      shown.style.maxHeight = `${Math.min(TALLEST, Math.max(80, isAbove ? above : below))}px`;
      if (align === 'start') shown.style.minWidth = `${box.width}px`;
      const left = align === 'start' ? box.left : box.right - shown.offsetWidth;
      shown.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - shown.offsetWidth - EDGE))}px`;
      const top = isAbove ? box.top - GAP - shown.offsetHeight : box.bottom + GAP;
      shown.style.top = `${top}px`;
    };
    shown.showPopover();
    place();
    const listening = new AbortController();
    addEventListener('scroll', place, { capture: true, signal: listening.signal });
    addEventListener('resize', place, { signal: listening.signal });
    const growing = new ResizeObserver(place);
    growing.observe(shown);
    return () => {
      growing.disconnect();
      listening.abort();
      if (shown.isConnected) shown.hidePopover();
    };
  }, [isOpen, anchor, popover, align]);
}

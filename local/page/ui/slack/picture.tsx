import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isJson, type Json, textIn } from '../../../slack/json';
import { wordsOf } from '../words';
import { useReading } from './text';

/** The largest that a picture is among messages, in pixels. */
const WIDEST = 640;
const HIGHEST = 360;

/** Where the browser gets the picture of an image block or element: from the page's own server if it was uploaded. */
export function sourceOf(image: Json): string {
  const { slack_file: file } = image;
  return isJson(file)
    ? `/api/slack/files/${encodeURIComponent(textIn(file['id']))}`
    : textIn(image['image_url']);
}

/** Space that is kept for a picture of known size while it loads, so that nothing jumps. */
function spaceFor(image: Json): { width: number; height: number } | undefined {
  const [width, height] = [Number(image['image_width']), Number(image['image_height'])];
  if (!(width > 0 && height > 0)) return undefined;
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** A picture on its own, which opens large. */
export function Picture({ image }: { image: Json }) {
  const [isLarge, setLarge] = useState(false);
  const w = wordsOf(useReading().language);
  const alt = textIn(image['alt_text']);
  const source = sourceOf(image);
  return (
    <div class="picture">
      <img src={source} alt={alt} {...spaceFor(image)} />
      <button type="button" aria-label={w.enlarge} title={w.enlarge} onClick={() => setLarge(true)} />
      {isLarge && <LargePicture source={source} alt={alt} onClose={() => setLarge(false)} />}
    </div>
  );
}

function LargePicture({ source, alt, onClose }: { source: string; alt: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const w = wordsOf(useReading().language);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing gives the focus back to the button that opened it.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="large-picture"
      aria-label={alt}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <button type="button" class="button icon" aria-label={w.close} title={w.close} onClick={onClose}>
        <span aria-hidden="true">×</span>
      </button>
      <img src={source} alt={alt} />
    </dialog>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { takePictures } from '../../state/dropped-picture.js';
import { readPhoto } from './find-several.js';
import { photo } from './several-state.js';

/** A button that reads a photo, from a file or the camera. Photos can also be dropped on the page or pasted. */
export function PhotoChoice() {
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const file = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file) void readPhoto(file);
    };
    addEventListener('paste', paste);
    const end = takePictures((file) => void readPhoto(file));
    return () => {
      removeEventListener('paste', paste);
      end();
    };
  }, []);
  return (
    <p class="photo-choice" data-control="photo">
      <PhotoButton text="Read a photo …" />
      <PhotoButton text="Take a photo …" fromCamera />
      {photo.value ? (
        <button
          type="button"
          onClick={() => {
            photo.value = undefined;
          }}
        >
          Back to the pad
        </button>
      ) : (
        <span class="faint">Or drop or paste one.</span>
      )}
    </p>
  );
}

/** A button that reads a photo. Where there is a camera in the hand, `fromCamera` opens it. */
function PhotoButton({ text, fromCamera = false }: { readonly text: string; readonly fromCamera?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={fromCamera ? 'from-camera' : ''} onClick={() => input.current?.click()}>
        {text}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        {...(fromCamera && { capture: 'environment' as const })}
        hidden
        aria-label={text}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // Choosing the same file again must count as a change.
          if (file) void readPhoto(file).then(() => (input.current!.value = ''));
        }}
      />
    </>
  );
}

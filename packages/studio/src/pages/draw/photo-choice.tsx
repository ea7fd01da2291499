import { useEffect, useRef } from 'preact/hooks';
import { takePictures } from '../../state/dropped-picture.js';
import { readPhoto } from './find-several.js';
import { photo } from './several-state.js';

/** A button that reads a photo, from a file or the camera. Photos can also be dropped on the page or pasted. */
export function PhotoChoice() {
  const input = useRef<HTMLInputElement>(null);
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
    <p class="photo-choice">
      <button type="button" onClick={() => input.current?.click()}>
        Read a photo …
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Read a photo"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // Choosing the same file again must count as a change.
          if (file) void readPhoto(file).then(() => (input.current!.value = ''));
        }}
      />
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

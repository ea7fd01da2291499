import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A component that is fetched when it is first shown. (Not with preact/compat's `lazy`: once compat
 * is there, every field's change event comes with each key, before anybody has finished typing.)
 *
 * @param title the name of the page, for the text that is shown meanwhile
 */
export function lazy(title: string, load: () => Promise<ComponentType>): ComponentType {
  const loaded = signal<ComponentType | undefined>(undefined);
  const failed = signal(false);

  async function open(): Promise<void> {
    failed.value = false;
    try {
      loaded.value = await load();
    } catch {
      failed.value = true;
    }
  }

  return function Later() {
    useEffect(() => {
      if (!loaded.peek()) void open();
    }, []);
    const Loaded = loaded.value;
    if (Loaded) return <Loaded />;
    if (failed.value) {
      return (
        <p class="red opening" role="alert">
          {title} could not be loaded. Check your connection.{' '}
          <button type="button" onClick={() => void open()}>
            Try again
          </button>
        </p>
      );
    }
    return <p class="faint opening">Loading {title} …</p>;
  };
}

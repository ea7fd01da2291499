/** A file that was dropped or chosen, with its path: `fonts/A/1.png`. */
export interface PathFile {
  readonly path: string;
  readonly file: File;
}

/** The files that were chosen in a dialog. */
export function filesOfList(list: FileList): PathFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * The files that were dropped, including those in folders. Call it while the drop event is being
 * handled: afterwards the browser no longer has them.
 */
export function filesOfDrop({ items, files }: DataTransfer): Promise<PathFile[]> {
  const entries = Array.from(items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  if (entries.some((entry) => entry)) {
    return Promise.all(entries.map((entry) => (entry ? filesBelow(entry) : []))).then((found) =>
      found.flat(),
    );
  }
  return Promise.resolve(filesOfList(files));
}

async function filesBelow(entry: FileSystemEntry): Promise<PathFile[]> {
  if (entry.isDirectory) {
    const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
    return (await Promise.all(inside.map(filesBelow))).flat();
  }
  const file = await new Promise<File>((resolve, reject) => {
    (entry as FileSystemFileEntry).file(resolve, reject);
  });
  return [{ path: entry.fullPath.replace(/^\//, ''), file }];
}

/** A reader returns a folder's entries in parts; an empty part is the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return entries;
    entries.push(...part);
  }
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return path.split('/').at(-1)!;
}

import { DataError } from '@longhand/core/errors';
import type { Environment } from './cache-folder.js';
import type { Mirror, NamedData } from './named-data.js';

/**
 * Where a dataset is looked for: the row's own mirrors, or those of `LONGHAND_MIRROR`, addresses separated by commas.
 * A file is looked for at `ADDRESS/NAME/FILE`: a school or a company can keep its own copy.
 *
 * @throws DataError if an address is none
 */
export function mirrorsOf(data: NamedData, env: Environment = process.env): readonly Mirror[] {
  const addresses = (env.LONGHAND_MIRROR ?? '').split(',').map((address) => address.trim());
  const given = addresses.filter((address) => address !== '');
  if (given.length === 0) return data.mirrors;
  return given.map((address) => {
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
      throw new DataError(
        `LONGHAND_MIRROR: ${address}: expected an address that starts with https:// or http://`,
      );
    }
    return { folder: `${address.replace(/\/+$/, '')}/${data.name}/` };
  });
}

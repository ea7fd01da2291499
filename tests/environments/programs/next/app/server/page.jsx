import { carryOutSafely } from '../carry-out.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  return <pre id="outcome">{JSON.stringify(await carryOutSafely())}</pre>;
}

import { carryOutSafely } from '../../carry-out.js';

export const dynamic = 'force-dynamic';

export async function GET() {
  return Response.json(await carryOutSafely());
}

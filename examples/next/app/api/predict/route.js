import { trainExclusiveOr } from '../../exclusive-or.js';

let model;

/** `GET /api/predict?a=1&b=0`: the answer for two inputs. */
export async function GET(request) {
  const { searchParams } = new URL(request.url);
  model ??= trainExclusiveOr();
  const { label, probability } = (await model).predict([
    Number(searchParams.get('a')),
    Number(searchParams.get('b')),
  ]);
  return Response.json({ label, probability });
}

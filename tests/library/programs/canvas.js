import { loadModel } from '@longhand/core';

const model = await loadModel('model.safetensors');
const { label, probability, doubt } = model.predict(document.querySelector('canvas'));
document.querySelector('output').textContent =
  doubt?.message ?? `${label}: ${Math.round(100 * probability)}%`;

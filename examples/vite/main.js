import { fit } from '@longhand/core';

const COLORS = { red: [200, 50, 43], blue: [31, 78, 156], green: [44, 122, 70] };
const { canvas, output, button } = Object.fromEntries(
  ['canvas', 'output', 'button'].map((name) => [name, document.querySelector(name)]),
);
let seed = 0;

/** Three arms of a spiral, each with points of one kind. */
function spiral(points = 100) {
  const rows = [];
  const labels = [];
  for (const [arm, label] of Object.keys(COLORS).entries()) {
    for (let k = 0; k < points; k++) {
      const [radius, angle] = [0.05 + (0.9 * k) / points, (2 * Math.PI * arm) / 3 + (4 * k) / points];
      rows.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
      labels.push(label);
    }
  }
  return { rows, labels };
}

async function trainAndPaint() {
  button.disabled = true;
  seed++;
  const { rows, labels } = spiral();
  const model = await fit(rows, labels, {
    ...{ hidden: [32, 32], optimizer: 'adam', alpha: 0.01, batchSize: 32, epochs: 150, dev: 0, seed },
    onStep: ({ epoch, loss }) => {
      output.value = `epoch ${epoch}, loss ${loss.toFixed(3)}`;
    },
  });
  output.value = `${(100 * model.evaluate(rows, labels).accuracy).toFixed(1)}% of the points are right`;
  paint(model);
  button.disabled = false;
}

/** Asks the model about every point of the square, one row of numbers for each pixel. */
function paint(model) {
  const { width, height } = canvas;
  const square = Array.from({ length: width * height }, (_, i) => [
    (2 * (i % width)) / width - 1,
    1 - (2 * Math.floor(i / width)) / height,
  ]);
  const image = new ImageData(width, height);
  for (const [i, { label, probability }] of model.predictAll(square).entries()) {
    image.data.set([...COLORS[label], 255 * probability], 4 * i);
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
}

button.onclick = trainAndPaint;
await trainAndPaint();

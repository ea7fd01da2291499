'use client';

import { useState } from 'react';
import { ROWS, trainExclusiveOr } from './exclusive-or.js';

/** Trains in the browser, and shows the network's answers. */
export function Trainer() {
  const [loss, setLoss] = useState();
  const [answers, setAnswers] = useState([]);
  const train = async () => {
    const model = await trainExclusiveOr((step) => setLoss(step.loss));
    setAnswers(model.predictAll(ROWS));
  };
  return (
    <>
      <p>
        <button type="button" onClick={train}>
          Train
        </button>{' '}
        {loss !== undefined && `loss ${loss.toFixed(4)}`}
      </p>
      <ul>
        {answers.map(({ label, probability }, i) => (
          <li key={ROWS[i].join()}>
            {ROWS[i].join(' or ')}: {label} ({(100 * probability).toFixed(1)}%)
          </li>
        ))}
      </ul>
    </>
  );
}

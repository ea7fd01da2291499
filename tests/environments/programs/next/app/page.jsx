'use client';

import { useEffect } from 'react';
import { carryOut } from './carry-out.js';
import { trainOnDigits } from './train-on-digits.js';

export default function Page() {
  useEffect(() => {
    Object.assign(globalThis, { carryOut, trainOnDigits });
  }, []);
  return <p>Ready</p>;
}

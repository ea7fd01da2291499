'use client';

import { useEffect } from 'react';
import { carryOut } from './carry-out.js';

export default function Page() {
  useEffect(() => {
    globalThis.carryOut = carryOut;
  }, []);
  return <p>Ready</p>;
}

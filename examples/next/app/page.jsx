import { Trainer } from './trainer.jsx';

export default function Page() {
  return (
    <main>
      <h1>Exclusive or</h1>
      <p>
        The network learns when exactly one of two inputs is 1. The button trains it in your browser;{' '}
        <a href="/api/predict?a=1&b=0">/api/predict?a=1&b=0</a> trains it on the server.
      </p>
      <Trainer />
    </main>
  );
}

export const metadata = { title: 'Exclusive or' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body style={{ font: '18px/1.5 Georgia, serif', maxWidth: '32rem', margin: '2rem auto' }}>
        {children}
      </body>
    </html>
  );
}

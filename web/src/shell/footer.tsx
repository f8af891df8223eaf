export function Footer() {
  return (
    <footer class="footer">
      <p>Hatfield Storage Solutions · student storage in Hatfield, Pretoria</p>
    </footer>
  );
}

// form[data-unsaved]: asks before a page is left with text that has not been sent.
for (const form of document.querySelectorAll('form[data-unsaved]')) {
  let written = false;
  form.addEventListener('input', () => { written = true; });
  form.addEventListener('submit', () => { written = false; });
  addEventListener('beforeunload', (event) => { if (written) event.preventDefault(); });
}

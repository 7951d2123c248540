// table[data-rows]: j and k step down and up between rows, by their first link if they have one. Never while
// somebody writes.
const writing = (element) => element.matches('input, select, textarea, [contenteditable]');

function step(table, by) {
  const rows = [...table.tBodies[0].rows];
  const here = rows.indexOf(document.activeElement.closest('tr'));
  const next = rows[here < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, here + by))];
  if (!next) return;
  next.tabIndex = -1;
  (next.querySelector('a') ?? next).focus();
}

const table = document.querySelector('table[data-rows]');

if (table) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (event.key === 'j') step(table, 1);
    if (event.key === 'k') step(table, -1);
  });
}

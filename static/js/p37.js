// What makes the pages a little easier for those who have script. Every page works without it.
// A part asks for help by a data attribute; nothing here knows which page it is on.
import './rows.js';
import './sums.js';
import './line.js';
import './unsaved.js';

// A list of errors takes focus, so that a screen reader and a keyboard start there.
document.querySelector('[data-focus]')?.focus();

// A link to a box in a closed fold-out opens it.
addEventListener('click', (event) => {
  const hash = event.target.closest?.('a[href^="#"]')?.hash;
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  if (target.matches('input, select, textarea')) {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: 'center' });
  }
});

// table[data-sums]: a budget adds up while it is written. The last column is the sum of its row, the foot the sum of its
// columns. The server counts again when the form is sent.
import { read, write } from './kronor.js';

const amount = (cell) => {
  const box = cell.querySelector('input');
  return read(box ? box.value : cell.textContent);
};

function add(table) {
  const columns = [];
  for (const row of table.tBodies[0].rows) {
    const cells = [...row.cells].slice(1);
    const last = cells.pop();
    const numbers = cells.map(amount);
    const sum = numbers.reduce((one, other) => one + other, 0);
    last.textContent = write(sum);
    [...numbers, sum].forEach((number, index) => { columns[index] = (columns[index] ?? 0) + number; });
  }
  const foot = [...table.tFoot.rows[0].cells].slice(1);
  foot.forEach((cell, index) => { cell.textContent = write(columns[index]); });
}

for (const table of document.querySelectorAll('table[data-sums]')) {
  table.addEventListener('input', () => add(table));
}

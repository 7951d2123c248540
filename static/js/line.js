// form[data-line]: a ranking is counted again while amounts are typed. Without this, the form's own button does it.
// The form holds a [data-pot] (its kronor), rows [data-asked] [data-smallest] in rank order, and [data-out] places for words.
import { read, write } from './kronor.js';

const kr = (number) => `${write(number)}\u00a0kr`;

function sentence(left, next) {
  if (left < 0) return `${kr(-left)} mer än potten rymmer. Sänk ett belopp eller flytta linjen upp.`;
  if (!next) return `${kr(left)} kvar.`;
  const least = Number(next.dataset.smallest) || Number(next.dataset.asked);
  return `${kr(left)} kvar. Nästa, ${next.querySelector('th b').textContent}, behöver minst ${kr(least)}.`;
}

function draw(share, start, offer, total) {
  share.setAttribute('x', `${(100 * start) / total}%`);
  share.setAttribute('width', `${(100 * offer) / total}%`);
  share.classList.toggle('thin', offer / total < 0.08);
}

function recount(form) {
  const pot = form.querySelector('[data-pot]');
  const total = Number(pot.dataset.pot);
  const shares = pot.querySelectorAll('.share');
  let left = total;
  let count = 0;
  let next = null;
  form.querySelectorAll('tr[data-asked]').forEach((row, index) => {
    const offer = read(row.querySelector('input').value);
    if (shares[index]) draw(shares[index], total - left, offer, total);
    left -= offer;
    if (offer) count += 1; else next ??= row;
    row.querySelector('td.left').textContent = offer ? write(left) : '–';
    row.querySelector('.amount .bar-first')?.setAttribute('width', `${(100 * offer) / Number(form.dataset.most)}%`);
  });
  pot.classList.toggle('overdrawn', left < 0);
  const words = { count, sum: kr(total - left), left: kr(left), cut: sentence(left, next) };
  for (const place of form.querySelectorAll('[data-out]')) place.textContent = words[place.dataset.out];
}

const form = document.querySelector('form[data-line]');
form?.addEventListener('input', () => recount(form));

"""The money ledger: postings, the yearly allocation, transfers between boards, and the balances of the country.

Pure arithmetic is domain/ledger.py; payments and claims are rooms of their own that book here.
"""

from .allocation import allocate, appropriate, correct, draft_key, keys_of, lapse, preview, reserve_national
from .balances import Balances, Sums, balances, total, years
from .ledger import IS_LATEST, balance, bind, causes, find, lock, pay, post, pot, record, release, repay
from .transfers import accept_transfer, decline_transfer, givable, propose_transfer, transfer_by_id, transfers

__all__ = [
    "IS_LATEST",
    "Balances",
    "Sums",
    "accept_transfer",
    "allocate",
    "appropriate",
    "balance",
    "balances",
    "bind",
    "causes",
    "correct",
    "decline_transfer",
    "draft_key",
    "find",
    "givable",
    "keys_of",
    "lapse",
    "lock",
    "pay",
    "post",
    "pot",
    "preview",
    "propose_transfer",
    "record",
    "release",
    "repay",
    "reserve_national",
    "total",
    "transfer_by_id",
    "transfers",
    "years",
]

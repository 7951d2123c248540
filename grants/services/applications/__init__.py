"""Applications: drafting and sending on the municipality's side, register, formal check and admission on the board's."""

from .cases import admit, check, conclude, confirm, number, register, resume
from .content import canonical, fingerprint
from .drafts import attach, detach, discard, keep_attachment, prepare, reopen, restore, save, signatories, start
from .sending import submit, withdraw

__all__ = [
    "admit", "attach", "canonical", "check", "conclude", "confirm", "detach", "discard", "fingerprint", "keep_attachment", "number", "prepare", "register",
    "reopen", "restore", "resume", "save", "signatories", "start", "submit", "withdraw",
]  # fmt: skip

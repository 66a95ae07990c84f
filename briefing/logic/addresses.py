"""E-mail addresses as readers type them: read, compared and masked."""

from __future__ import annotations

_MOST_CHARACTERS = 254


def readable_address(text: str) -> str | None:
    """The address in plain ASCII, None for anything that is none.

    `strict` refuses a local part of more than 64 characters; without SMTPUTF8 a letter
    that only looks Latin is refused too (DELIVERY.md S2).
    """
    # Its tables of characters take 40 ms to load, and most commands read no address.
    from email_validator import EmailNotValidError, validate_email

    wanted = text.strip()
    if len(wanted) > _MOST_CHARACTERS:
        return None
    try:
        found = validate_email(
            wanted, strict=True, allow_smtputf8=False, check_deliverability=False
        )
    except EmailNotValidError:
        return None
    return found.ascii_email


def masked(address: str) -> str:
    """ "r•••@mail.example": enough for its owner to know which one it is."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"

"""A page's plain text as a mail that waits for its recipient."""

from __future__ import annotations

from pipeline.model import Page


def mail(page: Page, subject: str) -> bytes:
    """An Internet message (RFC 5322) without sender, recipient and date; the page's text is in a flowed form.

    ``X-Unsent`` lets mail programs open it as a draft.
    """
    from email.message import EmailMessage  # slow to import, and of use to nobody else
    from email.policy import SMTP

    message = EmailMessage(SMTP)
    message["Subject"] = " ".join(subject.split())
    message["X-Unsent"] = "1"
    message.set_content(page.text, cte="8bit", params={"format": "flowed", "delsp": "yes"})
    message["Content-Language"] = page.locale
    return message.as_bytes()

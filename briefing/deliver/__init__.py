"""Channels that carry an edition to its readers: outbox, SMTP, chats."""

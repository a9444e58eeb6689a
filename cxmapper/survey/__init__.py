"""Survey exports become counts: read, propose, confirm, count, match. Qt-free, and no respondent is kept."""

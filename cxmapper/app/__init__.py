"""The window: the only part of cxmapper that knows Qt. Nothing else imports it but `cli`."""

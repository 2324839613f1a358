"""The site in Debian's Chromium: what people do, what it looks like, whether everybody can use it."""

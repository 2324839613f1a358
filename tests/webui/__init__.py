"""Tests of the site: a real store, a real index, real requests."""

"""A bucket that speaks S3, for archive files that moved there: put whole, read by ranges.

Who may, where and in which region is said as for every program of this kind: the variables ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, ``AWS_REGION``, or the files of ``~/.aws``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from corpus.errors import ArchiveError

_PATIENCE = {"connect_timeout": 3, "read_timeout": 20, "retries": {"mode": "standard", "max_attempts": 3}}
"""Seconds; a page that shows an original must not wait for minutes for a server that is gone."""


class Bucket:
    """Objects under ``s3://bucket/prefix``, named as archive files are."""

    def __init__(self, address: str) -> None:
        """Raises ArchiveError for what is no such address, and where the extra ``cluster`` is not installed."""
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc:
            raise ArchiveError(f"{address} is no bucket: write s3://BUCKET, or s3://BUCKET/PREFIX.")
        self.address = address.rstrip("/")
        self._bucket, self._prefix = parts.netloc, parts.path.strip("/")
        self._client = client()

    @classmethod
    def holding(cls, address: str) -> tuple[Self, str]:
        """The bucket of an object, and the object's name in it."""
        folder, _, name = address.rpartition("/")
        return cls(folder), name

    def address_of(self, name: str) -> str:
        """Where an archive file of this name is, once it is there."""
        return f"{self.address}/{name}"

    def put(self, path: Path) -> None:
        """Bring a file there; the server checks its SHA-256. Raises ArchiveError where that fails."""
        with self._told(path.name):
            checks = {"ChecksumAlgorithm": "SHA256"}
            self._client.upload_file(str(path), self._bucket, self._key(path.name), ExtraArgs=checks)
            there = self._client.head_object(Bucket=self._bucket, Key=self._key(path.name))["ContentLength"]
        if there != path.stat().st_size:
            raise ArchiveError(f"{self.address_of(path.name)} has {there} bytes, not those of {path}: move it again.")

    def read(self, name: str, offset: int, length: int) -> bytes:
        """So many bytes of a file, from an offset on. Raises ArchiveError where they cannot be had."""
        with self._told(name):
            span = f"bytes={offset}-{offset + length - 1}"
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(name), Range=span)
            with answer["Body"] as body:
                member: bytes = body.read()
        return member

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        from boto3.exceptions import Boto3Error  # noqa: PLC0415 - an extra
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra

        try:
            yield
        except (Boto3Error, BotoCoreError, ClientError, OSError) as error:
            raise ArchiveError(
                f"{self.address_of(name)} cannot be reached ({error}): see that the bucket is there, that its server "
                "answers (AWS_ENDPOINT_URL) and that this user may read and write it."
            ) from error


@cache
def client() -> Any:
    """One for the process: it keeps its connections, and threads may share it."""
    try:
        import boto3  # noqa: PLC0415 - an extra
        from botocore.config import Config  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ArchiveError(
            "Archive files in a bucket need the extra cluster: pip install 'nianbao[cluster]'."
        ) from error
    return boto3.client("s3", config=Config(**_PATIENCE))

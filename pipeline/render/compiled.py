"""The code that templates are compiled to, which takes longer than a page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from pipeline.render import kept


class Compiled(BytecodeCache):
    """That of the templates in a folder of this package; ``kind`` tells environments apart that differ in it."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.kind = kind

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """A place for the code of a template; a template of any other folder gets one that nobody keeps."""
        own = filename is not None and Path(filename).parent == self.folder
        bucket = Bucket(environment, name if own else "", self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code that was kept, if it is that of this very text."""
        if bucket.key and (code := kept.load(self._file(bucket), bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep code that was compiled just now."""
        if bucket.key:
            kept.keep(self._file(bucket), bucket.checksum, bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}-{self.kind}.jinja"

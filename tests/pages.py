"""The database file without its encryption: every page, whatever of it is in use.

SQLCipher keeps the salt in the first 16 bytes of page 1, and at the end of each page 80 bytes of
its own: the initialisation vector of its AES-256-CBC, and a checksum.
"""

from pathlib import Path

import pytest

_PAGE, _RESERVED, _SALT, _IV = 4096, 80, 16, 16


def plain(path: Path, key: str) -> bytes:
    """What is in the file, free pages and the room between records included."""
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    content = path.read_bytes()
    assert len(content) % _PAGE == 0
    found = b""
    for start in range(0, len(content), _PAGE):
        page = content[start : start + _PAGE]
        begin, end = (_SALT if start == 0 else 0), _PAGE - _RESERVED
        cipher = ciphers.Cipher(
            ciphers.algorithms.AES(bytes.fromhex(key)), ciphers.modes.CBC(page[end : end + _IV])
        ).decryptor()
        found += cipher.update(page[begin:end]) + cipher.finalize()
    return found

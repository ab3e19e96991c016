"""Sign-offs that are signed with a person's SSH key, so that nobody can write one in another's name.

The signature is OpenSSH's own (``ssh-keygen -Y sign``, PROTOCOL.sshsig) over the fields of the sign-off. A project
that names its signers in the settings admits no other; a project that names none needs neither keys nor the library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

from pipeline.errors import SettingsError, UsageError
from pipeline.model import SignOff

__all__ = ["NAMESPACE", "fault", "flaw", "payload", "sign"]

NAMESPACE = "handrail-signoff"
"""What the signature is for, so that none made for a commit or a mail can stand in its place."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_UNSIGNED = frozenset({"signature", "place"})


def fault(record: SignOff, signers: Mapping[str, str]) -> str:
    """Why a sign-off is not its reviewer's own, as a part of a sentence; empty if it is, or nobody asks.

    ``signers``: name -> public key, as in ``id_ed25519.pub``. Raises SettingsError where the library is missing.
    """
    if not signers:
        return ""
    if record.reviewer not in signers:
        return f"is by {record.reviewer}, who is none of the signers in the settings"
    if not record.signature:
        return "is not signed with a key"
    sshsig = _library()
    armored = f"{_BEGIN}\n{record.signature}\n{_END}\n"
    try:
        key = sshsig.PublicKey.from_openssh_str(signers[record.reviewer])
        sshsig.verify(payload(record), armored, [key], NAMESPACE)
    except (sshsig.InvalidSignature, ValueError, NotImplementedError):
        return f"has a signature that was not made for it with the key of {record.reviewer}"
    return ""


def flaw(public_key: str) -> str:
    """What is wrong with a public key of the settings; empty if nothing is. Ed25519 and RSA keys are known."""
    try:
        _library().PublicKey.from_openssh_str(public_key)
    except (ValueError, NotImplementedError) as error:
        return str(error).rstrip(".") or "this is no public key as in id_ed25519.pub"
    return ""


def sign(record: SignOff, key: Path) -> SignOff:
    """The sign-off with the signature of a private key, made by ``ssh-keygen``, which asks for a passphrase itself.

    Raises UsageError where that program is missing or refuses the key.
    """
    import subprocess  # slow to import, and of use to nobody else

    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    try:
        made = subprocess.run(command, input=payload(record), capture_output=True, check=True)
    except FileNotFoundError:
        raise UsageError("signing with a key needs ssh-keygen, which is not installed (OpenSSH).") from None
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.decode(errors="replace").split())
        raise UsageError(f"{key} cannot sign: {said}") from None
    body = made.stdout.decode("ascii").strip().removeprefix(_BEGIN).removesuffix(_END)
    return replace(record, signature="".join(body.split()))


def payload(record: SignOff) -> bytes:
    """What is signed: every field but the signature, as JSON with sorted keys and no spaces."""
    values = {field.name: str(getattr(record, field.name)) for field in fields(record) if field.name not in _UNSIGNED}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _library() -> ModuleType:
    try:
        import sshsig  # an extra, and slow to import
    except ImportError:
        text = "checking signatures of keys needs one more library: pip install 'handrail[keys]'."
        raise SettingsError(text) from None
    return sshsig

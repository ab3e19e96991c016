"""Sign-offs with SSH keys and with a second reviewer, from the command line to the gate, judged with ssh-keygen."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import TODAY
from pipeline import cli, keys
from pipeline.errors import UsageError
from pipeline.model import SignOff

RECORD = SignOff(
    locale="es-US",
    article="grief",
    safety="crisis",
    source_hash="sha256:" + "a" * 64,
    target_hash="sha256:" + "b" * 64,
    kind="review",
    translator="Claire Petit",
    reviewer="Jean Martin",
    qualification="nurse",
    method="read side by side",
    date=date(2026, 11, 24),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two private keys, ``one`` (Ed25519) and ``two`` (RSA), and their public ones."""
    made = tmp_path_factory.mktemp("keys")
    for name, kind in (("one", "ed25519"), ("two", "rsa")):
        command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", str(made / name)]
        subprocess.run(command, check=True)
    return made


def public(folder: Path, name: str) -> str:
    """The public key of a private one."""
    return (folder / f"{name}.pub").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_signed_record_is_its_reviewers_own(folder: Path, name: str) -> None:
    """What ssh-keygen signed, the library verifies."""
    signed = keys.sign(RECORD, folder / name)
    assert signed.signature
    assert keys.fault(signed, {"Jean Martin": public(folder, name)}) == ""


def test_openssh_verifies_the_signature(folder: Path, tmp_path: Path) -> None:
    """Anybody can check a sign-off without Handrail."""
    signed = keys.sign(RECORD, folder / "one")
    armored = f"-----BEGIN SSH SIGNATURE-----\n{signed.signature}\n-----END SSH SIGNATURE-----\n"
    (tmp_path / "sig").write_text(armored, encoding="ascii")
    (tmp_path / "signers").write_text(f"jean {public(folder, 'one')}\n", encoding="ascii")
    command = ["ssh-keygen", "-Y", "verify", "-n", keys.NAMESPACE, "-I", "jean"]
    command += ["-f", str(tmp_path / "signers"), "-s", str(tmp_path / "sig")]
    subprocess.run(command, input=keys.payload(RECORD), check=True, capture_output=True)


@pytest.mark.parametrize(
    "edit",
    [
        {"target_hash": "sha256:" + "c" * 64},
        {"source_hash": "sha256:" + "c" * 64},
        {"article": "other"},
        {"safety": "emergency"},
        {"kind": "demonstration"},
        {"qualification": "doctor"},
        {"date": date(2026, 11, 25)},
        {"translator": "A"},
        {"signature": ""},
        {"signature": "no base64!"},
        {"signature": "AAAA"},
    ],
    ids=str,
)
def test_an_edited_record_is_nobodys(folder: Path, edit: dict[str, str | date]) -> None:
    """Every field is signed."""
    edited = replace(keys.sign(RECORD, folder / "one"), **edit)  # type: ignore[arg-type]  # names of fields
    assert keys.fault(edited, {"Jean Martin": public(folder, "one")})


def test_another_key_and_another_purpose_do_not_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a colleague's key nor a signature that was made for something else."""
    signed = keys.sign(RECORD, folder / "two")
    assert keys.fault(signed, {"Jean Martin": public(folder, "one")})
    monkeypatch.setattr(keys, "NAMESPACE", "git")
    assert keys.fault(signed, {"Jean Martin": public(folder, "two")})


def test_a_key_that_cannot_sign_is_a_clear_error(tmp_path: Path) -> None:
    """The words of ssh-keygen, on one line."""
    (tmp_path / "none").write_text("no key", encoding="ascii")
    with pytest.raises(UsageError, match="cannot sign: "):
        keys.sign(RECORD, tmp_path / "none")


# --- the whole way --------------------------------------------------------------------------------

OPTIONS = ("--locale", "es-US", "--translator", "Claire Petit", "--qualification", "nurse", "--method", "side by side")


@pytest.fixture
def project(starter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter, whose Spanish crisis text has no sign-off."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str((TODAY.toordinal() - 719163) * 86400))
    path = starter / "locales/es_US/signoffs.toml"
    tables = path.read_text(encoding="utf-8").split("[[signoff]]")
    kept = [table for table in tables if 'safety = "crisis"' not in table]
    assert len(kept) == len(tables) - 1
    path.write_text("[[signoff]]".join(kept), encoding="utf-8")
    return starter


def settings(project: Path, text: str, old: str = "[site]") -> None:
    """Put a line or table before one of the settings."""
    path = project / "handrail.toml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, f"{text}\n{old}", 1), encoding="utf-8")


def run(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """A command's exit code, and all that it printed."""
    code = cli.main(["--project", str(project), *arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def answer(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """Say the same to every question."""
    monkeypatch.setattr("pipeline.cli.signing.ask", lambda _question: said)


def test_two_reviewers_sign_where_the_policy_asks(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first signature leaves the gate closed, the same person cannot give the second, another one can."""
    settings(project, 'second_reviewer = ["crisis"]', "complete = ")
    answer(monkeypatch, "y")
    first = run(project, capsys, "sign", *OPTIONS, "--reviewer", "Jean Martin")
    assert first[0] == 0
    code, output = run(project, capsys, "check", "--locale", "es-US")
    assert (code, "[safety/second-reviewer]" in output) == (1, True)
    code, output = run(project, capsys, "sign", *OPTIONS, "--reviewer", "Jean  MARTIN")
    assert (code, "1 of them wait for a second reviewer" in output) == (1, True)
    assert run(project, capsys, "sign", *OPTIONS, "--reviewer", "Anne Roy")[0] == 0
    assert run(project, capsys, "check", "--locale", "es-US")[0] == 0


def test_a_project_with_signers_asks_for_the_key(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the key, or by somebody else, nothing is signed; with it the text is, and a typed name is caught."""
    settings(project, f'[signers]\n"Jean Martin" = "{public(folder, "one")}"\n')
    answer(monkeypatch, "y")
    code, output = run(project, capsys, "check", "--locale", "es-US")
    assert (code, output.count("[safety/key]")) == (1, 2)
    assert run(project, capsys, "sign", *OPTIONS, "--reviewer", "Jean Martin")[0] == 2
    key = ("--key", str(folder / "one"))
    assert run(project, capsys, "sign", *OPTIONS, "--reviewer", "Anne Roy", *key)[0] == 2
    assert run(project, capsys, "sign", *OPTIONS, "--reviewer", "Jean Martin", *key)[0] == 0
    assert run(project, capsys, "check", "--locale", "es-US")[0] == 0
    path = project / "locales/es_US/signoffs.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("nurse", "doctor"), encoding="utf-8")
    assert "[safety/key]" in run(project, capsys, "check", "--locale", "es-US")[1]


def test_a_signer_with_an_unusable_key_is_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key that could never verify is a mistake in the settings, at its line."""
    settings(project, '[signers]\n"Jean Martin" = "ssh-ed25519 AAAA"\n')
    code, output = run(project, capsys, "check")
    assert code == 2
    assert "the key of Jean Martin cannot be used" in output


def test_the_catalog_shows_who_signed_which_text(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comment carries the hash of the text that was signed."""
    answer(monkeypatch, "y")
    code, output = run(project, capsys, "sign", *OPTIONS, "--reviewer", "Jean Martin")
    assert (code, "updated    locales/es_US/LC_MESSAGES/feeling-low.po" in output) == (0, True)
    catalog = (project / "locales/es_US/LC_MESSAGES/feeling-low.po").read_text(encoding="utf-8")
    assert f"#. Signed off by Jean Martin on {TODAY.isoformat()}, for the text sha256:" in catalog
    assert run(project, capsys, "check", "--locale", "es-US")[0] == 0

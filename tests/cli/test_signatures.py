"""Signatures by command: the statement, who may sign, looking, proving; and a proof for an outsider."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.cli.test_sync import Call, call, founded

__all__ = ["call", "founded"]  # the fixtures


def test_p11_10_a_statement_is_signed_listed_shown_and_proved(
    founded: Call, tmp_path: Path
) -> None:
    """P11-10, P11-13: full name, local time with its zone, and meaning."""
    code, told, err = founded("first", "signatures", "accept")
    assert (code, told["signed"]) == (0, False), err
    assert "legally binding" in told["text"]

    code, told, err = founded("first", "signatures", "accept", "--agree")
    assert (code, told["signed"]) == (0, True), err

    (line,) = founded("first", "signatures", "list")[1]["signatures"]
    assert line["meaning"] == "acknowledged"
    assert line["signed_at"][-6:] == "+05:30"
    code, found, err = founded("first", "signatures", "verify")
    assert (code, found["ok"], found["checked"]) == (0, True, 1), err
    paper = tmp_path / "signature.pdf"
    code, proof, err = founded("first", "signatures", "show", line["id"], "--out", paper)
    assert (code, proof["status"]) == (0, "valid"), err
    assert paper.read_bytes().startswith(b"%PDF")
    assert founded("first", "journal", "files")[1]["files"][0]["kind"] == "signature"
    _check_by_hand(json.loads(json.dumps(proof)))


def _check_by_hand(proof: dict[str, str]) -> None:
    """Check as the manual tells somebody without this program to."""
    text = proof["payload"].encode()
    key = bytes.fromhex(proof["public_key"])
    message = b"daksha-signature-v1\0" + hashlib.sha256(text).digest()
    Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(proof["signature"]), message)
    says = json.loads(text)
    assert says["key"] == hashlib.sha256(key).hexdigest()
    assert (
        says["record"]["sha256"] == hashlib.sha256(proof["record_as_signed"].encode()).hexdigest()
    )
    assert says["shown"] == hashlib.sha256(proof["shown"].encode()).hexdigest()


def test_the_manual_gives_the_lines_that_check_by_hand() -> None:
    page = Path(__file__).parents[2] / "resources" / "manual" / "signatures.md"
    lines = page.read_text("utf-8").partition("```\n")[2].partition("```")[0].splitlines()

    assert len(lines) <= 20
    compile("\n".join(lines), "signatures.md", "exec")


def test_who_may_sign_is_told(founded: Call) -> None:
    (line,) = founded("first", "signatures", "signers")[1]["signers"]

    assert (line["login"], line["checked"], line["accepted_at"]) == ("boss", True, None)
    assert len(line["key"]) == 64
    keys = founded("first", "sync", "keys")[1]["signing_keys"]
    assert (keys["count"], keys["unchecked"], keys["ended"]) == (1, 0, 0)


def test_a_password_changed_by_command_takes_the_key_along(
    founded: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded("first", "signatures", "accept", "--agree")
    before = founded("first", "signatures", "signers")[1]["signers"][0]["key"]
    monkeypatch.setenv("DAKSHA_NEW_PASSWORD", "quiet brass kettle")

    code, _told, err = founded("first", "signatures", "password")

    assert code == 0, err
    monkeypatch.setenv("DAKSHA_PASSWORD", "quiet brass kettle")
    assert founded("first", "signatures", "signers")[1]["signers"][0]["key"] == before


def test_what_cannot_be_is_told_in_a_sentence(founded: Call) -> None:
    nobody = "00000000-0000-0000-0000-000000000000"
    for arguments, words in (
        (("signatures", "show", nobody), "was not found"),
        (("signatures", "list", "--person", "E-99"), "was not found"),
        (
            ("signatures", "check-signer", "boss", "--document", "Badge"),
            "no signing key that waits",
        ),
        (("signatures", "confirm-clock", "--reason", "so"), "nothing to confirm"),
        (("signatures", "end-key", "boss", "--reason", " "), "A reason is needed"),
        (("sync", "decide", nobody, "name", "--keep", "1", "--reason", "so"), "was not found"),
    ):
        code, _told, err = founded("first", *arguments)
        assert code in {2, 3}, arguments
        assert words in err
    assert founded("first", "sync", "conflicts")[1] == {"conflicts": []}

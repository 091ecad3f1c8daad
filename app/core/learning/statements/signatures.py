"""Signed statements: the statement once more, as a JSON Web Signature (RFC 7515, RS256 to RS512)."""

import base64
import binascii

from app.core.learning.statements.errors import StatementInvalid
from app.core.learning.statements.exact_json import Json, read_json
from app.core.learning.statements.grammar import check_statement
from app.core.learning.statements.sameness import meaning_of, same_instant
from app.core.learning.statements.versions import XapiVersion

SIGNATURE_USAGE = "http://adlnet.gov/expapi/attachments/signature"
"""The usage type of an attachment that is a signature."""

SIGNATURE_TYPE = "application/octet-stream"
_ALGORITHMS = {"RS256": "sha256", "RS384": "sha384", "RS512": "sha512"}
_PARTS = 3
_WHERE = "signature"


def is_signature(attachment: Json) -> bool:
    """Tell whether an attachment's description says that it is a signature."""
    return bool(attachment["usageType"] == SIGNATURE_USAGE)


def check_signature(statement: Json, untrusted_jws: bytes, version: XapiVersion) -> None:
    """Raise StatementInvalid unless the signature is one, and of this very statement.

    With a certificate (x5c) in the header the signature is verified too; whose certificate that
    is, is for the reader to judge. Without one there is nothing to verify it with.
    """
    parts = untrusted_jws.strip().split(b".")
    if len(parts) != _PARTS:
        raise StatementInvalid(_WHERE, "this is not a JSON Web Signature")
    header = read_json(_decoded(parts[0]), f"{_WHERE}.header")
    signed = read_json(_decoded(parts[1]), f"{_WHERE}.payload")
    algorithm = header.get("alg") if isinstance(header, dict) else None
    if algorithm not in _ALGORITHMS:
        raise StatementInvalid(
            _WHERE, "the algorithm must be one of {words}".format(words=", ".join(_ALGORITHMS))
        )
    check_statement(signed, version, f"{_WHERE}.payload")
    if not _says_the_same(statement, signed):
        raise StatementInvalid(_WHERE, "what is signed is not this statement")
    chain = header.get("x5c")
    if chain is not None:
        _verify(chain, _ALGORITHMS[algorithm], b".".join(parts[:2]), _decoded(parts[2]))


def _says_the_same(statement: Json, signed: Json) -> bool:
    if "id" in signed and signed["id"].lower() != statement.get("id", signed["id"]).lower():
        return False
    if "timestamp" in signed and not same_instant(
        signed["timestamp"], statement.get("timestamp", signed["timestamp"])
    ):
        return False
    return meaning_of(_unsigned(statement)) == meaning_of(_unsigned(signed))


def _unsigned(statement: Json) -> Json:
    kept = [one for one in statement.get("attachments", ()) if not is_signature(one)]
    return {**statement, "attachments": kept}


def _decoded(part: bytes) -> bytes:
    try:
        return base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise StatementInvalid(_WHERE, "this is not a JSON Web Signature") from error


def _verify(untrusted_chain: Json, algorithm: str, signed: bytes, signature: bytes) -> None:
    from cryptography import x509  # 40 ms, and only for statements that come with a certificate
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    known = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(untrusted_chain[0]))
        key = certificate.public_key()
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise StatementInvalid(_WHERE, "its certificate cannot be read") from error
    if not isinstance(key, RSAPublicKey):
        raise StatementInvalid(_WHERE, "its certificate has no RSA key")
    try:
        key.verify(signature, signed, PKCS1v15(), known[algorithm])
    except InvalidSignature as error:
        raise StatementInvalid(_WHERE, "it does not fit its certificate") from error


__all__ = ["SIGNATURE_TYPE", "SIGNATURE_USAGE", "check_signature", "is_signature"]

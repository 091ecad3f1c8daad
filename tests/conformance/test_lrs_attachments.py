"""What travels with statements: bytes by their hash, and signatures that are checked."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.core.links.multipart import Part, read_parts, write_parts
from tests.support.conformance import of_suite
from tests.support.lrs import Answer, Client, a_statement

pytestmark = of_suite("statements")

PICTURE = bytes(range(256)) + b"\r\n--not a boundary\r\n"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"


def described(content: bytes, **changes: Any) -> dict[str, Any]:
    """Return what a statement says of an attachment."""
    return {
        "usageType": "https://example.com/use",
        "display": {"en": "A picture"},
        "contentType": "image/png",
        "length": len(content),
        "sha2": sha256(content).hexdigest(),
        **changes,
    }


def attached(content: bytes, **headers: str) -> Part:
    """Return the part that carries an attachment."""
    known = {
        "Content-Type": "image/png",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": sha256(content).hexdigest(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return Part({name: value for name, value in known.items() if value}, content)


def send(client: Client, statements: Any, *parts: Part) -> Answer:
    """Send statements with what is attached to them."""
    first = Part({"Content-Type": "application/json"}, json.dumps(statements).encode())
    media_type, body = write_parts([first, *parts])
    return client.ask("POST", "statements", body, {"Content-Type": media_type})


def test_bytes_come_back_with_their_statement(either: Client) -> None:
    statement = a_statement(attachments=[described(PICTURE)])
    (key,) = send(either, statement, attached(PICTURE)).json

    got = either.ask("GET", "statements", statementId=key, attachments=True)

    told, picture = read_parts(got.headers["content-type"], got.body)
    assert json.loads(told.content)["id"] == key
    assert picture.content == PICTURE
    assert picture.headers["x-experience-api-hash"] == sha256(PICTURE).hexdigest()
    assert either.ask("GET", "statements", statementId=key).json["id"] == key


def test_a_list_brings_each_attachment_once(client: Client) -> None:
    activity = {"id": "https://example.com/twice"}
    pair = [a_statement(object=activity, attachments=[described(PICTURE)]) for _turn in "12"]
    send(client, pair, attached(PICTURE))

    got = client.ask("GET", "statements", activity=activity["id"], attachments=True)

    told, *others = read_parts(got.headers["content-type"], got.body)
    assert len(json.loads(told.content)["statements"]) == 2
    assert [one.content for one in others] == [PICTURE]


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (attached(PICTURE), attached(b"more")),
        (attached(b"other"),),
        (attached(PICTURE, X_Experience_API_Hash="0" * 64),),
        (attached(PICTURE, X_Experience_API_Hash=""),),
        (attached(PICTURE, Content_Transfer_Encoding=""),),
    ],
    ids=["missing", "too many", "another", "wrong hash", "no hash", "not binary"],
)
def test_what_does_not_fit_together_is_refused(client: Client, parts: tuple[Part, ...]) -> None:
    assert send(client, a_statement(attachments=[described(PICTURE)]), *parts).status == 400


def test_statements_come_first_and_as_json(client: Client) -> None:
    parts = [attached(PICTURE), Part({"Content-Type": "application/json"}, b"{}")]
    media_type, body = write_parts(parts)

    assert client.ask("POST", "statements", body, {"Content-Type": media_type}).status == 400


@pytest.mark.parametrize(
    "media_type",
    ["multipart/mixed", "multipart/mixed; boundary=other", "multipart/form-data", "text/plain", ""],
)
def test_a_body_of_another_kind_is_refused(client: Client, media_type: str) -> None:
    _right, body = write_parts(
        [Part({"Content-Type": "application/json"}, json.dumps(a_statement()).encode())]
    )

    assert client.ask("POST", "statements", body, {"Content-Type": media_type}).status == 400


# Signed statements


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    """The signer's key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate_of(key: rsa.RSAPrivateKey) -> str:
    """Return a certificate of the key as a header carries it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Signer")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()


def part_of(value: object) -> bytes:
    """Return a value as one part of a JSON Web Signature."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=")


def jws(payload: object, key: rsa.RSAPrivateKey, **header: Any) -> bytes:
    """Return a JSON Web Signature, RS256 unless the header says otherwise."""
    signed = part_of({"alg": "RS256", **header}) + b"." + part_of(payload)
    return signed + b"." + part_of(key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))


def send_signed(client: Client, statement: dict[str, Any], signature: bytes) -> int:
    """Send a statement with its signature; return the status."""
    description = described(signature, usageType=SIGNATURE, contentType="application/octet-stream")
    full = {**statement, "attachments": [*statement.get("attachments", ()), description]}
    return send(client, full, attached(signature, Content_Type="application/octet-stream")).status


def test_a_signature_over_this_very_statement_is_taken(
    either: Client, key: rsa.RSAPrivateKey
) -> None:
    statement = a_statement(result={"score": {"raw": 7}})
    signed = {**statement, "result": {"score": {"raw": 7.0}}}

    assert send_signed(either, statement, jws(signed, key)) == 200
    assert send_signed(either, statement, jws(signed, key, x5c=[certificate_of(key)])) == 200


def broken(change: Callable[[bytes], bytes]) -> Callable[..., bytes]:
    """Return a signer whose signature is changed afterwards."""
    return lambda statement, key: change(jws(statement, key, x5c=[certificate_of(key)]))


def another_key(statement: object, key: rsa.RSAPrivateKey) -> bytes:
    """Sign with a key that is not the certificate's."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jws(statement, key, x5c=[certificate_of(other)])


@pytest.mark.parametrize(
    "sign",
    [
        another_key,
        broken(lambda text: text[:-8] + b"AAAAAAAA"),
        broken(lambda text: text.replace(b".", b"..", 1)),
        broken(lambda text: b"." + text.split(b".", 1)[1]),
        lambda statement, key: jws({**statement, "result": {"success": True}}, key),
        lambda statement, key: jws({**statement, "timestamp": "2001-01-01T00:00:00Z"}, key),
        lambda statement, key: jws(statement, key, alg="HS256"),
        lambda statement, key: jws(statement, key, alg="none"),
        lambda statement, key: jws(statement, key, x5c=["bm8gY2VydGlmaWNhdGU="]),
        lambda statement, key: jws(statement, key, x5c=7),
        lambda _statement, key: jws(b"{'actor'}", key),
        lambda _statement, _key: b"no signature at all",
    ],
)
def test_a_signature_that_proves_nothing_is_refused(
    client: Client, key: rsa.RSAPrivateKey, sign: Callable[..., bytes]
) -> None:
    statement = a_statement(timestamp="2026-11-28T10:00:00Z")

    assert send_signed(client, statement, sign(statement, key)) == 400


def test_a_signature_comes_as_bytes_of_its_own(client: Client, key: rsa.RSAPrivateKey) -> None:
    statement = a_statement()
    signature = jws(statement, key)
    description = described(signature, usageType=SIGNATURE, contentType="text/plain")

    answer = send(client, {**statement, "attachments": [description]}, attached(signature))

    assert answer.status == 400

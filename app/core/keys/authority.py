"""The site's signing authority: what its certificates are signed with, and what verifies them.

Two keys: Ed25519 for the compact token in the QR code, ECDSA P-256 with an X.509 certificate for
the PDF signature, because that is what PDF readers verify. The private halves lie in the key
folder; the public halves are the trust file that anybody may have.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.folder import KeyFolder

_TOKEN_KEY, _PDF_KEY, _PDF_CERTIFICATE = "site.key", "site-pdf.key", "site-pdf.pem"
_YEARS_VALID = 20


class TrustFileUnreadable(UserFacingError):
    """The file that should name a site's public keys does not."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a trust file of a Daksha site."),
            safe=_("Nothing was changed."),
            remedy=_("Ask the site for the file that its administrator exports."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedSite:
    """What is needed to verify a site's certificates, and nothing else."""

    site_id: UUID
    name: str
    token_key: bytes
    """32-byte Ed25519 public key."""
    pdf_certificate: bytes
    """X.509 certificate, PEM."""
    former_keys: tuple[bytes, ...] = ()
    """Token keys before this one: what they signed stays genuine."""

    @property
    def token_keys(self) -> tuple[bytes, ...]:
        """Return every key that the site's tokens were ever signed with, the one in use first."""
        return (self.token_key, *self.former_keys)

    def to_json(self) -> str:
        """Return the trust file's text."""
        fields: dict[str, object] = {
            "daksha": "trust-v1",
            "site": str(self.site_id),
            "name": self.name,
            "token_key": b64encode(self.token_key).decode(),
            "pdf_certificate": self.pdf_certificate.decode(),
        }
        if self.former_keys:
            fields["former_token_keys"] = [b64encode(key).decode() for key in self.former_keys]
        return json.dumps(fields, ensure_ascii=False, indent=2)

    @staticmethod
    def from_json(untrusted_text: str) -> "TrustedSite":
        """Read a trust file. Raises TrustFileUnreadable."""
        try:
            fields = json.loads(untrusted_text)
            pem = fields["pdf_certificate"].encode()
            x509.load_pem_x509_certificate(pem)
            return TrustedSite(
                site_id=UUID(fields["site"]),
                name=str(fields["name"]),
                token_key=b64decode(fields["token_key"], validate=True),
                pdf_certificate=pem,
                former_keys=tuple(
                    b64decode(key, validate=True) for key in fields.get("former_token_keys", ())
                ),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TrustFileUnreadable from error


class SiteAuthority:
    """Signs for the site. On a PC without the site's private keys it can only verify."""

    def __init__(
        self, folder: KeyFolder, site_id: UUID, name: str, recorded: TrustedSite | None = None
    ) -> None:
        """Keep where the keys lie. `recorded` is what the records say of them; None while founding."""
        self._folder = folder
        self._recorded = recorded
        self.site_id = site_id
        self.name = name

    @property
    def can_sign(self) -> bool:
        """Tell whether this PC holds the site's private keys, whole and the ones on record.

        What others signed would verify nowhere.
        """
        if self._folder.read_private(_TOKEN_KEY) is None:
            return False
        return self._recorded is None or self._holds(self._recorded)

    def _holds(self, recorded: TrustedSite) -> bool:
        try:
            here = self.trusted()
            pdf_key = serialization.load_pem_private_key(self._private(_PDF_KEY), password=None)
            certificate = x509.load_pem_x509_certificate(here.pdf_certificate)
        except (ValueError, NoSiteKeys):
            return False
        return (
            here.token_key == recorded.token_key
            and here.pdf_certificate == recorded.pdf_certificate
            and pdf_key.public_key() == certificate.public_key()
        )

    @property
    def folder(self) -> KeyFolder:
        """Return where this PC keeps its keys of the site."""
        return self._folder

    @property
    def known(self) -> TrustedSite | None:
        """Return the public halves as they are on record, or as they lie here; None where neither."""
        if self._recorded is not None:
            return self._recorded
        return self.trusted() if self.can_sign else None

    @property
    def public_key(self) -> bytes:
        """Return the site's 32-byte Ed25519 public key: the one on record, or while founding our own."""
        return self._recorded.token_key if self._recorded else self.trusted().token_key

    def take(self, recorded: TrustedSite) -> None:
        """Sign with the keys that are on record from now on: they were rotated."""
        self._recorded = recorded

    def create(self, now: datetime) -> None:
        """Make both keys and the self-signed certificate of the site."""
        token_key = Ed25519PrivateKey.generate()
        self._folder.write_private(_TOKEN_KEY, token_key.private_bytes_raw())
        self.create_pdf_key(now)

    def create_pdf_key(self, now: datetime) -> bytes:
        """Make the key that PDFs are signed with; return its certificate, PEM."""
        pdf_key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._certificate(pdf_key, now)
        self._folder.write_private(_PDF_KEY, _pem(pdf_key))
        self._folder.write_private(_PDF_CERTIFICATE, certificate)
        return certificate

    def trusted(self) -> TrustedSite:
        """Return the public halves."""
        return TrustedSite(
            site_id=self.site_id,
            name=self.name,
            token_key=self._token_key().public_key().public_bytes_raw(),
            pdf_certificate=self._private(_PDF_CERTIFICATE),
            former_keys=self._recorded.former_keys if self._recorded else (),
        )

    def sign(self, message: bytes) -> bytes:
        """Return the site's 64-byte Ed25519 signature of `message`."""
        return self._token_key().sign(message)

    def pdf_signing_material(self) -> tuple[bytes, bytes]:
        """Return the P-256 private key and its certificate, both PEM."""
        return self._private(_PDF_KEY), self._private(_PDF_CERTIFICATE)

    def _token_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._private(_TOKEN_KEY))

    def _private(self, name: str) -> bytes:
        content = self._folder.read_private(name)
        if content is None:
            raise NoSiteKeys(self.name)
        return content

    def _certificate(self, key: ec.EllipticCurvePrivateKey, now: datetime) -> bytes:
        named = x509.Name(
            [
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, _cut(self.name)),
                x509.NameAttribute(x509.NameOID.COMMON_NAME, _("Training records")),
            ]
        )
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(named)
            .issuer_name(named)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365 * _YEARS_VALID))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _cut(name: str) -> str:
    """Return as much of a name as X.520 allows an organisation: 64 octets of UTF-8."""
    return name.encode()[:64].decode(errors="ignore")


class NoSiteKeys(UserFacingError):
    """This PC does not hold the site's signing keys."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("This PC does not hold the signing keys of {site}.").format(site=site),
            safe=_("Records are kept; certificates can be issued later."),
            remedy=_("Issue certificates on the PC where the site was set up."),
        )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

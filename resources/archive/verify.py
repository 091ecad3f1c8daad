#!/usr/bin/env python3
"""Proves an archive of a year that Daksha wrote. Needs Python 3.8 or newer, and nothing else.

    python verify.py                       in the unpacked folder
    python verify.py "Archive 2026.zip"    without unpacking
    python verify.py ARCHIVE --entry journal/LOG/SEQ    prints what one entry of the journal says

It never writes, and never looks beyond the archive. It ends with 0 where everything fits, and with 1
where something does not; the first thing that does not fit is named first. README.txt describes every
file and every format, so that a program of another day can be written in place of this one.
"""

import base64
import hashlib
import json
import os
import sys
import zipfile

MANIFEST, SEAL = "manifest.json", "manifest.signature.json"
FORMAT = "daksha-archive-1"


# ---- Ed25519, as RFC 8032 describes it: only the checking of signatures --------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(one, other):
    """Add two points of the curve, each as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(number, point):
    """Multiply a point by a number."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        number >>= 1
    return total


def point_read(code):
    """Return the point that 32 bytes stand for; None where they stand for none."""
    y = int.from_bytes(code, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public_key, message, signature):
    """Tell whether the holder of a key (32 bytes) made a signature (64 bytes) of a message."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, point = point_read(public_key), point_read(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or point is None or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    turns = int.from_bytes(digest, "little") % ORDER
    left, right = point_times(number, BASE), point_add(point, point_times(turns, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P
        or (left[1] * right[2] - right[1] * left[2]) % P
    )


# ---- MessagePack, as far as the journal uses it ---------------------------------------------------


def packed(value):
    """Return a value as MessagePack, in the shortest way there is."""
    if value is None:
        return b"\xc0"
    if isinstance(value, int):
        return packed_number(value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        if len(text) < 32:
            return bytes([0xA0 | len(text)]) + text
        return packed_length(len(text), 0xD9, 0xDA, 0xDB) + text
    if isinstance(value, bytes):
        return packed_length(len(value), 0xC4, 0xC5, 0xC6) + value
    return bytes([0x90 | len(value)]) + b"".join(map(packed, value))  # lists of fewer than sixteen


def packed_number(value):
    """Return a whole number as MessagePack."""
    if -32 <= value < 128:
        return value.to_bytes(1, "big", signed=value < 0)
    if value >= 0:
        for code, size in ((0xCC, 1), (0xCD, 2), (0xCE, 4), (0xCF, 8)):
            if value < 1 << 8 * size:
                return bytes([code]) + value.to_bytes(size, "big")
    for code, size in ((0xD0, 1), (0xD1, 2), (0xD2, 4), (0xD3, 8)):
        if value >= -1 << 8 * size - 1:
            return bytes([code]) + value.to_bytes(size, "big", signed=True)
    raise ValueError("no such number")


def packed_length(length, *codes):
    """Return how long a text or a run of bytes is, by the code for 1, 2 or 4 bytes of length."""
    for code, size in zip(codes, (1, 2, 4)):
        if length < 1 << 8 * size:
            return bytes([code]) + length.to_bytes(size, "big")
    raise ValueError("too long")


class Unpacking:
    """Reads MessagePack from its beginning. Raises ValueError or IndexError for what is none."""

    def __init__(self, content):
        self.content, self.at = content, 0

    def take(self, size):
        found = self.content[self.at : self.at + size]
        if len(found) < size:
            raise ValueError("cut short")
        self.at += size
        return found

    def number(self, size, signed=False):
        return int.from_bytes(self.take(size), "big", signed=signed)

    def value(self):
        code = self.take(1)[0]
        if code < 0x80:
            return code
        if code >= 0xE0:
            return code - 0x100
        if code < 0xA0:
            return self.map(code & 15) if code < 0x90 else self.list(code & 15)
        if code < 0xC0:
            return self.take(code & 31).decode("utf-8")
        return self.longer(code)

    def longer(self, code):
        """Return what stands behind a code that a length or a number follows."""
        if code in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[code]
        ways = {
            (0xC4, 3): lambda size: self.take(self.number(size)),
            (0xCC, 4): self.number,
            (0xD0, 4): lambda size: self.number(size, signed=True),
            (0xD9, 3): lambda size: self.take(self.number(size)).decode("utf-8"),
            (0xDC, 2): lambda size: self.list(self.number(2 * size)),
            (0xDE, 2): lambda size: self.map(self.number(2 * size)),
        }
        for (first, many), way in ways.items():
            if first <= code < first + many:
                return way(1 << code - first)
        raise ValueError("a code that the journal does not use")

    def list(self, size):
        return [self.value() for _place in range(size)]

    def map(self, size):
        return {self.value(): self.value() for _place in range(size)}


def unpacked(content):
    """Return what MessagePack says."""
    return Unpacking(content).value()


# ---- Where the files lie ---------------------------------------------------------------------------


class Misfit(Exception):
    """Something does not fit: where, and what."""

    def __init__(self, where, what):
        super().__init__(where + ": " + what)


class Folder:
    """An archive that was unpacked."""

    def __init__(self, path):
        self.path = path

    def names(self):
        found = []
        for folder, _folders, files in os.walk(self.path):
            for file in files:
                path = os.path.relpath(os.path.join(folder, file), self.path)
                found.append(path.replace(os.sep, "/"))
        return found

    def open(self, name):
        return open(os.path.join(self.path, *name.split("/")), "rb")


class Zip:
    """An archive as it was written."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return [one for one in self.zip.namelist() if not one.endswith("/")]

    def open(self, name):
        return self.zip.open(name)


def blocks(archive, name):
    """Yield the bytes of a file. Raises Misfit where it is missing or damaged."""
    try:
        with archive.open(name) as file:
            while True:
                block = file.read(1 << 20)
                if not block:
                    return
                yield block
    except (KeyError, OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise Misfit(name, "the file is missing or cannot be read") from error
    except Exception as error:  # what unpacking a damaged archive raises is of many kinds
        raise Misfit(name, "the file is damaged") from error


def whole(archive, name):
    """Return the bytes of a file."""
    return b"".join(blocks(archive, name))


def said(archive, name):
    """Return what a JSON file says."""
    try:
        return json.loads(whole(archive, name).decode("utf-8"))
    except ValueError as error:
        raise Misfit(name, "it is no JSON") from error


def lines(archive, name):
    """Yield what each line of a file says, with its number; one line is in memory at a time."""
    held, number = b"", 0
    for block in blocks(archive, name):
        held += block
        *full, held = held.split(b"\n")
        for line in full:
            number += 1
            try:
                yield number, json.loads(line.decode("utf-8"))
            except ValueError as error:
                raise Misfit("%s, line %d" % (name, number), "it cannot be read") from error
    if held:
        raise Misfit("%s, line %d" % (name, number + 1), "it is cut short")


# ---- What is proved --------------------------------------------------------------------------------


def check_manifest(archive):
    """Prove the list of files: who signed it, that each file is as listed, and that none is beside."""
    listed = whole(archive, MANIFEST)
    seal = said(archive, SEAL)
    message = b"daksha-archive-v1\0" + hashlib.sha256(listed).digest()
    try:
        key, signature = bytes.fromhex(seal["public_key"]), bytes.fromhex(seal["signature"])
    except (KeyError, TypeError, ValueError) as error:
        raise Misfit(SEAL, "it is no signature") from error
    if not is_signed(key, message, signature):
        raise Misfit(MANIFEST, "the list of files was changed after it was signed")
    manifest = said(archive, MANIFEST)
    if manifest["format"] != FORMAT:
        raise Misfit(MANIFEST, "this program reads archives of the form " + FORMAT)
    known = {MANIFEST, SEAL}
    for file in manifest["files"]:
        digest = hashlib.sha256()
        for block in blocks(archive, file["name"]):
            digest.update(block)
        if digest.hexdigest() != file["sha256"]:
            raise Misfit(file["name"], closer(archive, file["name"]))
        known.add(file["name"])
    for name in archive.names():
        if name not in known and not name.startswith("__pycache__/"):
            raise Misfit(name, "the list of files does not know it: it was added later")
    return manifest, key


def closer(archive, name):
    """Return what can be said of a file whose hash is another: which entry or signature it is."""
    what = "the file is not as it was written"
    try:
        papers = Papers(said(archive, "keys.json"))
        journal = Journal(archive, papers)
        for log in said(archive, "journal/logs.json"):
            if name in log["files"]:
                journal.check(log)
        if name.startswith("signatures/"):
            for number, proof in lines(archive, name):
                check_signature(proof, None, papers, "line %d" % number)
    except (Misfit, KeyError, TypeError, ValueError, AttributeError) as error:
        return "%s (%s)" % (what, error)
    return what


class Papers:
    """The signed papers that say whose key a key is."""

    def __init__(self, keys):
        self.anchor = hashlib.sha256(bytes.fromhex(keys["site_key"])).hexdigest()
        self.said = {}
        for place, document in enumerate(keys["certificates"]):
            where = "keys.json, certificate %d" % (place + 1)
            says, key = paper(base64.b64decode(document), "key-certificate-v1", where)
            subject = hashlib.sha256(says["subject"]).hexdigest()
            issuer = hashlib.sha256(key).hexdigest()
            if says["issuer"].hex() != issuer:
                raise Misfit(where, "another key than the one it names signed it")
            self.said.setdefault(subject, []).append((issuer, says.get("label", "")))
        for place, document in enumerate(keys["revocations"]):
            where = "keys.json, revocation %d" % (place + 1)
            paper(base64.b64decode(document), "key-revocation-v1", where)

    def leads_to_site(self, fingerprint):
        """Tell whether papers lead from a key to the key of the site."""
        seen, next_ones = set(), [fingerprint]
        while next_ones:
            one = next_ones.pop()
            if one == self.anchor:
                return True
            if one not in seen:
                seen.add(one)
                next_ones += [issuer for issuer, _label in self.said.get(one, [])]
        return False

    def require(self, fingerprint, where):
        if not self.leads_to_site(fingerprint):
            raise Misfit(where, "no paper says that the key %s is of this site" % fingerprint[:16])


def paper(content, label, where):
    """Return what a signed paper says, and the key that signed it."""
    try:
        mark, kind, payload, key, signature = unpacked(content)
    except (ValueError, TypeError, IndexError) as error:
        raise Misfit(where, "it is no signed paper") from error
    message = b"daksha-" + label.encode() + b"\0" + hashlib.sha256(payload).digest()
    if mark != "daksha-paper-1" or kind != label or not is_signed(key, message, signature):
        raise Misfit(where, "it was changed after it was signed")
    return unpacked(payload), key


class Tree:
    """A Merkle tree (RFC 6962, 2.1) that goes on from what stood before the year."""

    def __init__(self, size, peaks):
        self.size, self.peaks = size, peaks

    def append(self, leaf):
        node, complete = hashlib.sha256(b"\0" + leaf).digest(), self.size
        while complete & 1:
            node = hashlib.sha256(b"\1" + self.peaks.pop() + node).digest()
            complete >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256().digest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\1" + peak + node).digest()
        return node


class Journal:
    """The entries of the year: their chains, their seals, and the signatures that stand in them."""

    def __init__(self, archive, papers):
        self.archive, self.papers = archive, papers
        self.entries = self.withheld = self.seals = self.unsealed = 0
        self.signed = {}

    def check(self, log):
        """Prove the entries of one log, one after another."""
        name = bytes.fromhex(log["station"]) + bytes.fromhex(log["incarnation"])
        name += log["scope"].encode()
        previous = bytes.fromhex(log["previous"])
        tree = Tree(log["first"] - 1, [bytes.fromhex(one) for one in log["peaks"]])
        if log["first"] > 1 and not tree.peaks or log["first"] == 1 and any(previous):
            raise Misfit("journal/logs.json", "it does not say what stood before " + log["name"])
        seals, sealed = {}, log["first"] - 1
        for seal in log["seals"]:
            seals.setdefault(seal["seq"], []).append(seal)
        for file in log["files"]:
            for _number, entry in lines(self.archive, file):
                where = "%s, entry %s" % (file, entry["seq"])
                if entry["seq"] != tree.size + 1:
                    raise Misfit(where, "entry %d is missing before it" % (tree.size + 1))
                previous = self.link(name, previous, entry, where, tree.size < log["last"])
                tree.append(previous)
                for seal in seals.pop(tree.size, []):
                    self.check_seal(log, name, seal, tree.root())
                    sealed = tree.size
        if tree.size < log["last"]:
            raise Misfit(log["name"], "its entries end at %d, not at %d" % (tree.size, log["last"]))
        if seals:
            raise Misfit(log["name"], "a seal speaks of entry %d, which is not there" % min(seals))
        self.unsealed += max(0, log["last"] - sealed)

    def link(self, name, previous, entry, where, is_of_year):
        """Return the hash of an entry, worked out where its body is there."""
        told = bytes.fromhex(entry["hash"])
        if "body" not in entry:
            if is_of_year:
                self.withheld += 1
                self.entries += 1
            return told
        self.entries += 1
        body = base64.b64decode(entry["body"])
        actor = None if entry["actor"] is None else bytes.fromhex(entry["actor"])
        header = packed(
            [
                name,
                entry["seq"],
                entry["stamp"],
                entry["wall"],
                entry["offset"],
                actor,
                entry["action"],
                entry["reason"],
                len(body),
            ]
        )
        if hashlib.sha256(previous + header + body).digest() != told:
            raise Misfit(where, "it is not what was written, or not after the entry before it")
        self.note_signatures(body)
        return told

    def note_signatures(self, body):
        if b"\xa9signature" not in body:
            return
        for code, table, key, columns in unpacked(body):
            if code == 0 and table == "signature":
                digest = hashlib.sha256(columns["payload"].encode("utf-8")).digest()
                self.signed[key.hex()] = digest + columns["signature"]

    def check_seal(self, log, name, seal, root):
        where = "%s, seal of entry %d" % (log["name"], seal["seq"])
        key = bytes.fromhex(seal["public_key"])
        if hashlib.sha256(key).hexdigest() != log["station"]:
            raise Misfit(where, "another PC's key signed it")
        if seal["root"] != root.hex():
            raise Misfit(where, "the entries up to it are not those that were sealed")
        fields = packed([name, seal["seq"], root, seal["sealed_at"]])
        message = b"daksha-seal-v1\0" + hashlib.sha256(fields).digest()
        if not is_signed(key, message, bytes.fromhex(seal["signature"])):
            raise Misfit(where, "it was changed after it was signed")
        self.papers.require(log["station"], where)
        self.seals += 1


def check_signature(proof, journal, papers, where):
    """Prove an electronic signature: by itself, by whose key it is, and by the journal."""
    text = proof["payload"].encode("utf-8")
    key = bytes.fromhex(proof["public_key"])
    signature = bytes.fromhex(proof["signature"])
    digest = hashlib.sha256(text).digest()
    if not is_signed(key, b"daksha-signature-v1\0" + digest, signature):
        raise Misfit(where, "what was signed, or the signature, was changed")
    says = json.loads(proof["payload"])
    for name, told in (
        ("record_as_signed", says["record"]["sha256"]),
        ("shown", says["shown"]),
    ):
        if hashlib.sha256(proof[name].encode("utf-8")).hexdigest() != told:
            raise Misfit(where, "“%s” is not what was signed" % name)
    if hashlib.sha256(key).hexdigest() != says["key"]:
        raise Misfit(where, "it was signed with another key than it names")
    owner, station = paper(bytes.fromhex(proof["key_certificate"]), "person-key-v1", where)
    account = says["signer"]["account"].replace("-", "")
    if owner["subject"] != key or owner["account_id"].hex() != account:
        raise Misfit(where, "the certificate is of another person's key")
    papers.require(hashlib.sha256(station).hexdigest(), where)
    if journal is None:
        return
    if journal.signed.get(says["id"].replace("-", "")) != digest + signature:
        raise Misfit(where, "no entry of the archived journal wrote it")


def check(archive, tell=print):
    """Prove an archive; raises Misfit with the first thing that does not fit."""
    manifest, maker = check_manifest(archive)
    tell("%(site)s, %(year)s. Written %(made_at)s by %(made_by)s, %(program)s." % manifest)
    tell("%d files are as they were written." % len(manifest["files"]))
    papers = Papers(said(archive, "keys.json"))
    papers.require(hashlib.sha256(maker).hexdigest(), SEAL)
    journal = Journal(archive, papers)
    for log in said(archive, "journal/logs.json"):
        journal.check(log)
    tell(
        "%d entries of the journal hang together, %d seals of their days hold."
        % (journal.entries, journal.seals)
    )
    if journal.withheld:
        tell(
            "Entries whose content is withheld, as README.txt says: %d. Their hashes are in the"
            " chain and under the seals." % journal.withheld
        )
    if journal.unsealed:
        tell(
            "Entries at the end that are in the chain, but under no seal yet: %d."
            % journal.unsealed
        )
    signatures = 0
    for file in manifest["files"]:
        if file["name"].startswith("signatures/"):
            for number, proof in lines(archive, file["name"]):
                where = "%s, line %d" % (file["name"], number)
                check_signature(proof, journal, papers, where)
                signatures += 1
    tell("%d electronic signatures hold." % signatures)
    tell("Everything stands under the key of the site, whose fingerprint is")
    tell("    " + papers.anchor)
    tell("Compare it with what the site, or its earlier archives, say of it.")


def print_entry(archive, wanted):
    """Print what one entry of the journal says, named as journal/LOG/SEQ."""
    log, _slash, seq = wanted.rpartition("/")
    for one in said(archive, "journal/logs.json"):
        if one["name"] == log:
            for file in one["files"]:
                for _number, entry in lines(archive, file):
                    if str(entry["seq"]) == seq:
                        body = entry.pop("body", None)
                        print(json.dumps(entry, ensure_ascii=False, indent=1))
                        if body is not None:
                            print(in_words(unpacked(base64.b64decode(body))))
                        return
    raise Misfit(wanted, "there is no such entry in this archive")


def in_words(value):
    """Return a value of an entry as text; bytes in hexadecimal."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1)


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    return value


def main(words):
    """Do what the command line asks for; return what the process ends with."""
    place = os.path.dirname(os.path.abspath(__file__))
    if words and not words[0].startswith("-"):
        place, words = words[0], words[1:]
    try:
        archive = Folder(place) if os.path.isdir(place) else Zip(place)
        if words[:1] == ["--entry"]:
            print_entry(archive, words[1])
            return 0
        check(archive)
    except (OSError, zipfile.BadZipFile) as error:
        print("DOES NOT FIT: the archive cannot be read: %s" % error)
        return 1
    except Misfit as misfit:
        print("DOES NOT FIT: %s" % misfit)
        return 1
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        print("DOES NOT FIT: a file does not say what it should: %r" % error)
        return 1
    print("EVERYTHING FITS.")
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))

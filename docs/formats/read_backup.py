#!/usr/bin/env python3
"""Reads a repository of backups as backup-repository.md describes it, without any of our code.

  read_backup.py REPOSITORY list
  read_backup.py REPOSITORY check
  read_backup.py REPOSITORY restore BACKUP DIRECTORY

A sealed repository needs --key-file FILE and the package "cryptography". Blocks are unpacked by Python 3.14's own zstd, the
package "zstandard" or the program "zstd", whichever is there.
"""
import argparse
import base64
import hashlib
import hmac
import json
import pathlib
import struct
import subprocess
import sys
import zlib


def unzstd(data):
    try:
        from compression import zstd  # Python 3.14
        return zstd.decompress(data)
    except ImportError:
        pass
    try:
        import zstandard
        return zstandard.ZstdDecompressor().decompress(data)
    except ImportError:
        return subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, check=True).stdout


def hkdf(key, salt, info):
    pseudo = hmac.new(salt or bytes(32), key, hashlib.sha256).digest()
    return hmac.new(pseudo, info + b"\x01", hashlib.sha256).digest()


def summed(data, name):
    """A JSON object that ends with the digest of what is in it."""
    body, tail = data[:-77], data[-77:]
    if tail != b',"sha256":"' + hashlib.sha256(body).hexdigest().encode() + b'"}':
        sys.exit(f"{name} is damaged")
    return json.loads(data)


class Open:
    def open(self, sealed, purpose):
        return sealed

    def id(self, raw):
        return hashlib.sha256(raw).hexdigest()


class Sealed:
    def __init__(self, root, operator):
        for file in sorted((root / "keys").iterdir()):
            wrapped = summed(file.read_bytes(), file)
            wrapping = hkdf(operator, base64.b64decode(wrapped["salt"]), b"model-depot backup: key wrapping")
            try:
                key = self.gcm(wrapping, base64.b64decode(wrapped["wrapped"]), "repository-key")
            except Exception:
                continue
            self.content = hkdf(key, b"", b"model-depot backup: content")
            self.ids = hkdf(key, b"", b"model-depot backup: block ids")
            return
        sys.exit("the key does not open this repository")

    @staticmethod
    def gcm(key, sealed, purpose):
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], purpose.encode())

    def open(self, sealed, purpose):
        return self.gcm(self.content, sealed, purpose)

    def id(self, raw):
        return hmac.new(self.ids, raw, hashlib.sha256).hexdigest()


class Repository:
    def __init__(self, root, key_file):
        self.root = pathlib.Path(root)
        self.config = summed((self.root / "config.json").read_bytes(), "config.json")
        assert self.config["format"] == 1, "a repository of another format"
        if self.config["cipher"] == "none":
            self.seal = Open()
        else:
            self.seal = Sealed(self.root, bytes.fromhex(pathlib.Path(key_file).read_text().strip()))
        self.blocks = {}
        for pack in sorted(self.root.glob("data/??/*")):
            if not pack.name.startswith("."):
                self.read_index(pack)

    def read_index(self, pack):
        """The index at the end of a pack: index/ is only a cache of these."""
        data = pack.read_bytes()
        length, crc = struct.unpack(">II", data[-8:])
        sealed = data[-8 - length:-8]
        assert zlib.crc32(sealed) == crc, f"{pack}: its index is damaged"
        index = self.seal.open(sealed, "pack-index")
        for at in range(0, len(index), 44):
            offset, size, raw = struct.unpack(">III", index[at + 32:at + 44])
            self.blocks.setdefault(index[at:at + 32].hex(), (pack, offset, size, raw))

    def block(self, block_id):
        pack, offset, size, raw_length = self.blocks[block_id]
        with pack.open("rb") as file:
            file.seek(offset)
            frame = self.seal.open(file.read(size), "block " + block_id)
        raw = frame[1:] if frame[0] == 3 else unzstd(frame[1:])
        planes = {1: 2, 2: 4}.get(frame[0], 1)
        if planes > 1:
            each = len(raw) // planes
            whole = bytearray(raw)
            for plane in range(planes):
                whole[plane:each * planes:planes] = raw[plane * each:(plane + 1) * each]
            raw = bytes(whole)
        if len(raw) != raw_length or self.seal.id(raw) != block_id:
            raise ValueError(f"block {block_id} in {pack.name} is damaged")
        return raw

    def snapshots(self):
        for file in sorted((self.root / "snapshots").glob("*.json")):
            yield summed(self.seal.open(file.read_bytes(), "snapshots/" + file.name), file)

    def content(self, snapshot, sha256):
        digest = hashlib.sha256()
        for block_id in snapshot["contents"][sha256]["blocks"]:
            raw = self.block(block_id)
            digest.update(raw)
            yield raw
        if digest.hexdigest() != sha256:
            raise ValueError(f"content {sha256} is damaged")


def present(snapshot):
    for version in snapshot["versions"]:
        manifest = version["manifest"]
        for file in manifest["files"]:
            if file["present"]:
                yield manifest, file


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--key-file")
    parser.add_argument("repository")
    parser.add_argument("action", choices=["list", "check", "restore"])
    parser.add_argument("arguments", nargs="*")
    asked = parser.parse_args()
    repository = Repository(asked.repository, asked.key_file)
    if asked.action == "list":
        for snapshot in repository.snapshots():
            print(snapshot["id"], snapshot["time"], len(snapshot["versions"]), "versions")
    elif asked.action == "check":
        for snapshot in repository.snapshots():
            for sha256 in snapshot["contents"]:
                for _ in repository.content(snapshot, sha256):
                    pass
        print("whole")
    else:
        backup, directory = asked.arguments
        snapshot = next(s for s in repository.snapshots() if s["id"] == backup)
        for manifest, file in present(snapshot):
            path = pathlib.Path(directory, manifest["model"], manifest["commit"], file["path"])
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                for raw in repository.content(snapshot, file["sha256"]):
                    out.write(raw)
        print("restored", sum(1 for _ in present(snapshot)), "files")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Reads a bundle as bundle.md describes it, without any of our code.

  read_bundle.py BUNDLE list
  read_bundle.py BUNDLE check [--key PEM]
  read_bundle.py BUNDLE extract DIRECTORY

--key needs the program "openssl". A bundle that needs what its far side has is listed and checked, and extracted as far as it goes.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

PIECE = 1 << 20


def plain(root, name):
    file = root / name
    if file.is_symlink() or not file.is_file():
        sys.exit(f"{name} is missing or no regular file")
    return file


def signed(root, key):
    envelope = json.loads(plain(root, "bundle.sig").read_bytes())["dsseEnvelope"]
    payload = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"]
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
    with tempfile.TemporaryDirectory() as work:
        sig, said = pathlib.Path(work, "sig"), pathlib.Path(work, "said")
        sig.write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
        said.write_bytes(message)
        checked = subprocess.run(["openssl", "dgst", "-sha256", "-verify", key, "-signature", sig, said], capture_output=True)
    if checked.returncode != 0:
        sys.exit("bundle.sig is not by that key")
    resources = json.loads(payload)["predicate"]["resources"]
    return {resource["name"]: resource["digest"] for resource in resources}


def index(root, key=None):
    written = plain(root, "bundle.json").read_bytes()
    digest = hashlib.sha256(written).hexdigest()
    if key and signed(root, key) != {"bundle.json": digest}:
        sys.exit("bundle.json is not what was signed")
    if not key and not plain(root, "SHA256SUMS").read_text().startswith(digest + "  bundle.json\n"):
        sys.exit("bundle.json is damaged")
    index = json.loads(written)
    if index["format"] != 1:
        sys.exit(f"bundle.json is of format {index['format']}")
    return index


def parts(root, index):
    for part in index["parts"]:
        file = plain(root, part["file"])
        digest = hashlib.sha256()
        with file.open("rb") as data:
            while piece := data.read(PIECE):
                digest.update(piece)
        if file.stat().st_size != part["sizeBytes"] or digest.hexdigest() != part["sha256"]:
            sys.exit(f"{part['file']} is damaged")


def content(root, index, begin, length):
    """The bytes of the stream from begin on, piece by piece."""
    while length:
        number, at = divmod(begin, index["partBytes"])
        with (root / index["parts"][number]["file"]).open("rb") as data:
            data.seek(at)
            piece = data.read(min(length, PIECE))
        yield piece
        begin += len(piece)
        length -= len(piece)


def offsets(index):
    begins, at = {}, 0
    for one in index["contents"]:
        begins[one["sha256"]] = (at, one["sizeBytes"])
        at += one["sizeBytes"]
    return begins


def manifests(root, index):
    begins = offsets(index)
    for version in index["versions"]:
        yield version, json.loads(b"".join(content(root, index, *begins[version["manifest"]["sha256"]])))


def check(root, index):
    parts(root, index)
    for digest, (begin, length) in offsets(index).items():
        found = hashlib.sha256()
        for piece in content(root, index, begin, length):
            found.update(piece)
        if found.hexdigest() != digest:
            sys.exit(f"content {digest} is wrong")
    print(f"whole: {len(index['parts'])} parts, {len(index['contents'])} contents, {len(index['needed'])} needed")


def extract(root, index, target):
    begins, files, absent = offsets(index), 0, 0
    for version, manifest in manifests(root, index):
        tree = target / version["model"] / version["commit"]
        for file in manifest["files"]:
            path = pathlib.PurePosixPath(file["path"])
            if path.is_absolute() or ".." in path.parts:
                sys.exit(f"{path} leaves its tree")
            if not file["present"]:
                continue
            if file["sha256"] not in begins:
                absent += 1
                continue
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            with (tree / path).open("xb") as out:
                for piece in content(root, index, *begins[file["sha256"]]):
                    out.write(piece)
            files += 1
    print(f"extracted {files} files; {absent} are at the far side")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("bundle", type=pathlib.Path)
    arguments.add_argument("action", choices=["list", "check", "extract"])
    arguments.add_argument("target", nargs="?", type=pathlib.Path)
    arguments.add_argument("--key")
    given = arguments.parse_args()
    read = index(given.bundle, given.key)
    if given.action == "list":
        for version, manifest in manifests(given.bundle, read):
            mark = "current" if version["current"] else "kept"
            print(version["model"], version["commit"], mark, len(manifest["files"]), "files")
    elif given.action == "check":
        check(given.bundle, read)
    elif given.target:
        parts(given.bundle, read)
        extract(given.bundle, read, given.target)
    else:
        arguments.error("extract needs a directory")


if __name__ == "__main__":
    main()

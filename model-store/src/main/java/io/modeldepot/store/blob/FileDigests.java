package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.util.Optional;

/**
 * What one pass over a file's bytes found.
 *
 * @param sizeBytes how many bytes there were
 * @param sha256 the digest that decides whether
 * @param gitSha1 the id git gives these bytes, where it was asked for
 * @param blocks CRC32C of every 16 MiB, which says where
 */
public record FileDigests(
    long sizeBytes, Sha256 sha256, Optional<GitSha1> gitSha1, Blocks blocks) {}

package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BundledVersion;
import io.modeldepot.events.terms.Manifest;
import java.util.Optional;

/**
 * A version of a bundle that was verified.
 *
 * @param said what the index says of it
 * @param manifest what it is
 * @param signature its signature file, unchecked
 */
record ReceivedVersion(BundledVersion said, Manifest manifest, Optional<byte[]> signature) {}

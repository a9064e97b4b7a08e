/**
 * A bundle becomes versions on a volume, with no network and nothing running. {@link
 * io.modeldepot.backup.unbundle.BundleLook} verifies it whole and writes nothing: who signed the
 * index, then every part, every content and every manifest, then whether the volume has what the
 * bundle builds on. {@link io.modeldepot.backup.unbundle.BundleImport} then writes what is lacked
 * into the models' claims, judges what loading it would run by this site's policy, and lets the
 * store publish. No path in a bundle is believed: parts have fixed names, and the names of files go
 * by the store's own rules.
 */
@NullMarked
package io.modeldepot.backup.unbundle;

import org.jspecify.annotations.NullMarked;

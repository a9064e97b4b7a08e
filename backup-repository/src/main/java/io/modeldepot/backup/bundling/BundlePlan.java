package io.modeldepot.backup.bundling;

import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.events.terms.Sha256;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle will be.
 *
 * @param index without parts; empty when the far side has everything
 * @param origins where each content of it comes from
 * @param heldVersions how many versions the far side has already, just so
 * @param leftOutContents how many contents of the others it has
 * @param leftOutBytes their bytes
 */
public record BundlePlan(
    Optional<BundleIndex> index,
    Map<Sha256, Origin> origins,
    int heldVersions,
    int leftOutContents,
    long leftOutBytes) {}

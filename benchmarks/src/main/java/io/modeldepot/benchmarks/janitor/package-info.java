/**
 * What a cleanup's plan and the scrub cost. {@link io.modeldepot.benchmarks.janitor.LargeVolume}
 * fills a real volume with 10,000 versions and 1,000,000 blobs; a fresh process looks at it and
 * plans, and the kernel says what that took. The scrub's reader reads one large file beside {@code
 * openssl dgst -sha256} on one core.
 */
@NullMarked
package io.modeldepot.benchmarks.janitor;

import org.jspecify.annotations.NullMarked;

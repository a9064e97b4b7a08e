/**
 * Whether what came in can be trusted, as this site judges it: every file of a version is looked
 * into before it is published (what its pickles would run, whether it needs its own code), a policy
 * says whether that is refused, and a version is signed where a key is configured. What was found
 * is kept in the manifest, so that announcing reads it from the volume. The private key stays here.
 */
@NullMarked
package io.modeldepot.downloader.trust;

import org.jspecify.annotations.NullMarked;

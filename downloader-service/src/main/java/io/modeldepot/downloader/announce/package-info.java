/**
 * What this downloader tells the world. {@link io.modeldepot.downloader.announce.VersionAnnouncer}
 * announces versions from the volume, never from memory: it reads, publishes, and reads again until
 * nothing changed in between. {@link io.modeldepot.downloader.announce.JobTeller} tells how jobs
 * are, at most once a second each. {@link io.modeldepot.downloader.announce.StorageTeller} tells
 * how full the volume is. Nothing here changes anything. No record names a token, a header or the
 * query of an address.
 */
@NullMarked
package io.modeldepot.downloader.announce;

import org.jspecify.annotations.NullMarked;

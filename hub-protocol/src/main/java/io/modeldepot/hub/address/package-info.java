/**
 * Where things are at a hub: every URL and the two encodings that go into them. A revision is
 * encoded whole, its slashes too; a path keeps its slashes in a resolve URL and loses them in a
 * tree URL. Client and server both come here, so that what one writes the other can read. Nothing
 * here opens a connection.
 */
@NullMarked
package io.modeldepot.hub.address;

import org.jspecify.annotations.NullMarked;

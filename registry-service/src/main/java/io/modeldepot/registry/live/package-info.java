/**
 * The topics as server-sent events. One reader follows all topics and keeps the newest records; a
 * client that comes back with a cursor first gets what it missed. Nothing here touches the
 * database.
 */
@NullMarked
package io.modeldepot.registry.live;

import org.jspecify.annotations.NullMarked;

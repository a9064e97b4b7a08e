/**
 * What the mirror tells the world: that a version was read, and by whom, so that nothing which is
 * in use is taken away. At most once a minute for each reader of a version; without a broker
 * everything is served all the same and nothing is told. No token is in a record, only what it
 * hashes to.
 */
@NullMarked
package io.modeldepot.mirror.announce;

import org.jspecify.annotations.NullMarked;

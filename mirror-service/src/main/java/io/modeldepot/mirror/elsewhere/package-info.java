/**
 * The other locations of this site: what each of them has and where its mirror is, as {@code
 * model-verified} and {@code storage-reported} say. What is asked for and is not here is looked up
 * here before anybody asks a hub for it. Only addresses that a location of ours announced are ever
 * named, and of what stands behind a gate none: clients send no token to another host. Without a
 * broker there are no other locations.
 */
@NullMarked
package io.modeldepot.mirror.elsewhere;

import org.jspecify.annotations.NullMarked;

/**
 * Which pieces a file is made of, so that a site that has an earlier version fetches only the
 * pieces it lacks. In order: bytes go by once and are cut where the file's own structure says so
 * (at its tensors, else by their content); every piece is told by its length and a fast digest; the
 * list is kept in the cache beside the blob; two lists say what the files share. A list finds
 * <em>what can be taken from where</em>, it never decides whether a file is right: the file's
 * SHA-256 does. It is no last copy of anything, and without one a file is fetched whole.
 */
@NullMarked
package io.modeldepot.store.chunk;

import org.jspecify.annotations.NullMarked;

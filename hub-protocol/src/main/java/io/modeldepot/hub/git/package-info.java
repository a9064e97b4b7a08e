/**
 * Names that git gives to what a hub holds. A hub is a git repository behind its API: the ids in a
 * tree are git's, computed from content alone, so a mirror that never saw the repository states the
 * same ones.
 */
@NullMarked
package io.modeldepot.hub.git;

import org.jspecify.annotations.NullMarked;

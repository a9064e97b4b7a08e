/**
 * Several downloaders on one volume: they share the work, one takes over what another left, and one
 * that wakes late finds its paths gone.
 */
@NullMarked
package io.modeldepot.systemtests.takeover;

import org.jspecify.annotations.NullMarked;

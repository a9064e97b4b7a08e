/**
 * What a child process owes to its parent: it takes a port that is free, says on one line when it
 * is ready, and does not outlive the parent.
 *
 * <p>Standard output carries the READY line and nothing else; talk goes to standard error. The
 * rooms of the engines may call this one; it calls nobody.
 */
@NullMarked
package io.modeldepot.standalone.child;

import org.jspecify.annotations.NullMarked;

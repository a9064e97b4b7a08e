/**
 * Who may read. What its manifest does not call gated is for everyone who reaches the door; a gated
 * repository is for callers whose token is one of those in the configuration, compared in constant
 * time, or one of the depot's own, of which {@code access-changed} tells. Tokens are never logged.
 */
@NullMarked
package io.modeldepot.mirror.access;

import org.jspecify.annotations.NullMarked;

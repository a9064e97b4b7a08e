/**
 * Notifications over REST: what was told to whom and what came of it, once more by hand, who is
 * told at all, and a test. No answer has more of an address than its scheme, host and port.
 */
@NullMarked
package io.modeldepot.registry.notify.log;

import org.jspecify.annotations.NullMarked;

/**
 * The network between two processes of a test, as far as it can be had without the rights to change
 * the machine's own: ways to a server that are cut, or that swallow what is sent on them.
 */
@NullMarked
package io.modeldepot.testkit.net;

import org.jspecify.annotations.NullMarked;

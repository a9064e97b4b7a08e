/**
 * What the code and its pages say of ports, settings, heaps, topics and logins: the one source that
 * everything in {@code deploy/} is written from or held against. Nothing here is said a second
 * time.
 */
@NullMarked
package io.modeldepot.deploy.facts;

import org.jspecify.annotations.NullMarked;

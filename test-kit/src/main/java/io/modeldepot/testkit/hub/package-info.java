/**
 * A hub for tests: a real HTTP server that speaks the Hugging Face Hub's protocol, with a second
 * server on another host name that plays the content network, and with moods: it truncates,
 * corrupts, stalls, refuses, ignores ranges, lets signed addresses expire.
 *
 * <p>Everything asked of it and every byte sent is recorded, so that a test can assert cost, and
 * that a token did not go where it must not. Content is made from a seed, so that gigabytes need no
 * memory.
 */
@NullMarked
package io.modeldepot.testkit.hub;

import org.jspecify.annotations.NullMarked;

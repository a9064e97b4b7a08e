/**
 * An organisation's own sign-in: {@code Issuer} publishes keys, signs tokens, has a page where
 * people sign in, and gives tokens for codes, over real HTTP.
 */
@NullMarked
package io.modeldepot.testkit.oidc;

import org.jspecify.annotations.NullMarked;

/**
 * Tokens of an organisation's own sign-in (OpenID Connect): taken at every door, checked there by
 * the issuer's keys, which are fetched beforehand.
 */
@NullMarked
package io.modeldepot.kit.oidc;

import org.jspecify.annotations.NullMarked;

/**
 * Tokens and what they allow: made, listed and revoked here, told to every door by {@code
 * access-changed} as a hash with role, families and end. {@link
 * io.modeldepot.registry.tokens.Permissions} says which role an address needs, {@link
 * io.modeldepot.registry.tokens.AccessFilter} asks for it before anything else happens, {@link
 * io.modeldepot.registry.tokens.Permits} holds those who are limited to families to theirs. A
 * session of the console is a token too, in a cookie that no script reads.
 */
@NullMarked
package io.modeldepot.registry.tokens;

import org.jspecify.annotations.NullMarked;

/**
 * Who may pass a door. {@link io.modeldepot.kit.access.AccessToken} is what a caller carries,
 * {@link io.modeldepot.kit.access.AccessTable} what {@code access-changed} said of tokens, {@link
 * io.modeldepot.kit.access.Gate} decides. Every door decides by itself, also while the registry is
 * down. A secret is never kept, only its SHA-256, and never in any text.
 */
@NullMarked
package io.modeldepot.kit.access;

import org.jspecify.annotations.NullMarked;

/**
 * Who may ask. The door behind the registry's door asks for the same tokens, and decides by itself:
 * it hears of them by {@code access-changed}.
 */
@NullMarked
package io.modeldepot.placement.access;

import org.jspecify.annotations.NullMarked;

/**
 * How notifications go out. In order: the {@code Courier} looks for receivers with something due,
 * takes one notification after the other for each of them, so that one who hangs keeps nobody else
 * waiting; the {@code Sender} writes the {@code Letter}, signs it ({@code Signature}) and asks
 * once, at an address that the operator allows and that was looked at before it is connected to
 * ({@code CheckedNames}); the {@code Courier} writes down what came of it and when it is tried
 * again ({@code Backoff}). Any number of registries may do so at once. Redirects are not followed;
 * of an answer's body one short line is kept.
 */
@NullMarked
package io.modeldepot.registry.notify.delivery;

import org.jspecify.annotations.NullMarked;

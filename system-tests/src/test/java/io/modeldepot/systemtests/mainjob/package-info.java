/**
 * The main job from outside: a model's name in, a verified, versioned, registered model on the
 * shared volume out; by REST, by an event published by hand, by the command; and the shell commands
 * that people use on the result.
 */
@NullMarked
package io.modeldepot.systemtests.mainjob;

import org.jspecify.annotations.NullMarked;

/**
 * Which models follow their hub. In order: once in a period, spread over it, every model whose
 * entry does not say manual has its branch looked at by a plan; a model that follows is then
 * downloaded where something new is there, one that waits for approval is only known to be behind.
 * A pinned model is looked at and stays. Both are ordinary requests, made once however many
 * registries run.
 */
@NullMarked
package io.modeldepot.registry.updates;

import org.jspecify.annotations.NullMarked;

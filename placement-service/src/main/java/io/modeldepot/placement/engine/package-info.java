/**
 * What a decision is for: how an engine is started so that it takes what was planned for it.
 *
 * <p>{@code Vllm} gives environment and flags, {@code Triton} the files of a model repository with
 * the vLLM backend, {@code Compose} a fragment that starts it with the read-only mount. Every share
 * of a GPU is explicit: left to themselves, two engines on one GPU each take nine tenths.
 */
@NullMarked
package io.modeldepot.placement.engine;

import org.jspecify.annotations.NullMarked;

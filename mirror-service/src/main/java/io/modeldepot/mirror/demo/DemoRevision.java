package io.modeldepot.mirror.demo;

import java.time.Instant;

/**
 * One state of a demonstration repository.
 *
 * @param name branch that leads to it
 * @param configuration resource with its config.json
 * @param madeAt when it was made
 * @param modelMaxLength what its tokenizer configuration says
 */
record DemoRevision(String name, String configuration, Instant madeAt, int modelMaxLength) {}

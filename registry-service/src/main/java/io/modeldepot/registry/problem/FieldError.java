package io.modeldepot.registry.problem;

/**
 * What is wrong at one place of a body.
 *
 * @param pointer a JSON pointer (RFC 6901); empty for the whole body
 * @param detail what is wrong there
 */
public record FieldError(String pointer, String detail) {}

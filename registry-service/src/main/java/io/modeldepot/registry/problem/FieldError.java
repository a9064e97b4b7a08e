package io.modeldepot.registry.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What is wrong at one place of a body.
 *
 * @param pointer a JSON pointer (RFC 6901); empty for the whole body
 * @param detail what is wrong there
 * @param line of a text, from 1, where the body is one
 * @param column of it, from 1
 */
public record FieldError(
    String pointer,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> line,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> column) {

  /** At a place that a pointer says well enough. */
  public FieldError(String pointer, String detail) {
    this(pointer, detail, Optional.empty(), Optional.empty());
  }
}

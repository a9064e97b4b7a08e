package io.modeldepot.cli.command.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.failure.Failure;

/** What one look at a target found. */
sealed interface Look {

  /**
   * It is so.
   *
   * @param record as the registry has it
   */
  record Reached(JsonNode record) implements Look {}

  /**
   * It is not so yet.
   *
   * @param state what it is instead, in words
   */
  record NotYet(String state) implements Look {}

  /**
   * It will never be.
   *
   * @param why with the exit code of the problem that ended it
   */
  record Never(Failure why) implements Look {}
}

package io.modeldepot.hub.document;

/**
 * The body of a refusal.
 *
 * @param error in words
 */
public record ErrorBody(String error) {
  public ErrorBody {
    Fields.required(error, "error");
  }
}

package io.modeldepot.hub.document;

/** What a hub sent is not the document it should be; asking again may help, guessing never. */
public final class MalformedDocument extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedDocument(String message) {
    super(message);
  }
}

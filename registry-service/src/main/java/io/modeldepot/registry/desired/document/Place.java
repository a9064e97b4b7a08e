package io.modeldepot.registry.desired.document;

/**
 * Where something stands.
 *
 * @param file as the caller named it
 * @param line from 1
 * @param column from 1
 */
public record Place(String file, int line, int column) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}

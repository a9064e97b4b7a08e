package io.modeldepot.placement.explain;

/** Numbers with their nouns. */
final class Words {
  private Words() {}

  static String users(int count) {
    return count == 1 ? "1 user" : count + " users";
  }
}

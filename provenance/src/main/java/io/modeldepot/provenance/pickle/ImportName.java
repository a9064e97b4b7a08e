package io.modeldepot.provenance.pickle;

/**
 * A name that a pickle imports when it is loaded.
 *
 * @param module for example {@code collections}
 * @param name for example {@code OrderedDict}; may have dots since protocol 4
 */
public record ImportName(String module, String name) {
  @Override
  public String toString() {
    return module + "." + name;
  }
}

package io.modeldepot.standalone.child;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arguments of the form {@code --name value} and {@code --flag}; anything else is refused. */
public final class Arguments {
  private final Map<String, String> values = new HashMap<>();

  /**
   * @param takingValue names, without the dashes, that are followed by a value
   * @param flags names that stand alone
   * @throws IllegalArgumentException for an unknown name or a missing value, saying which
   */
  public Arguments(String[] args, Set<String> takingValue, Set<String> flags) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
    while (!rest.isEmpty()) {
      String given = rest.pop();
      String name = given.startsWith("--") ? given.substring(2) : "";
      int equals = name.indexOf('=');
      if (equals > 0) {
        rest.push(name.substring(equals + 1));
        name = name.substring(0, equals);
      }
      if (takingValue.contains(name)) {
        if (rest.isEmpty()) {
          throw new IllegalArgumentException("--" + name + " needs a value.");
        }
        values.put(name, rest.pop());
      } else if (flags.contains(name) && equals < 0) {
        values.put(name, "");
      } else {
        throw new IllegalArgumentException("Unknown argument " + given + ".");
      }
    }
  }

  /** The value of a name. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * The value of a name as a port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public int port(String name, int otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xFFFF) {
      throw new IllegalArgumentException("--" + name + " must be a port from 0 to 65535.");
    }
    return Integer.parseInt(text);
  }

  /** True when the flag was given. */
  public boolean has(String flag) {
    return values.containsKey(flag);
  }
}
